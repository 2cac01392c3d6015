/// Stores of tests in a real PostgreSQL of their own.
#pragma once

#include <filmoteka/testing/postgres_server.hpp>

#include <metadata/adapters/postgres_movie_store.hpp>
#include <metadata/testing/store_place.hpp>

#include <memory>

namespace filmoteka::metadata::testing {

class PostgresPlace final : public StorePlace {
 public:
  std::unique_ptr<MovieStore> open(const Clock& clock, telemetry::Metrics& metrics) override {
    return open_postgres_movie_store({.url = url_}, clock, metrics).value();
  }
  Result<std::unique_ptr<CopyableStore>> open_to_copy(CopyRole role, const Clock& clock,
                                                      telemetry::Metrics& metrics) override {
    return open_postgres_to_copy({.url = url_}, role, clock, metrics);
  }

 private:
  filmoteka::testing::PostgresServer server_;
  std::string url_ = server_.create_database();
};

inline StoreKind postgres_kind() {
  return {"PostgreSQL", [] {
            return std::make_unique<PostgresPlace>();
          }};
}

}  // namespace filmoteka::metadata::testing
