/// Stores on SQLite, in a temporary folder or in a given file.
#pragma once

#include <filmoteka/testing/temporary_folder.hpp>

#include <metadata/adapters/sqlite_movie_store.hpp>
#include <metadata/testing/store_place.hpp>

#include <filesystem>
#include <memory>
#include <utility>

namespace filmoteka::metadata::testing {

class SqlitePlace final : public StorePlace {
 public:
  SqlitePlace() : file_(folder_ / "metadata.db") {}
  explicit SqlitePlace(std::filesystem::path file) : file_(std::move(file)) {}
  std::unique_ptr<MovieStore> open(const Clock& clock, telemetry::Metrics& metrics) override {
    return open_sqlite_movie_store(file_, clock, metrics).value();
  }
  Result<std::unique_ptr<CopyableStore>> open_to_copy(CopyRole role, const Clock& clock,
                                                      telemetry::Metrics& metrics) override {
    return open_sqlite_to_copy(file_, role, clock, metrics);
  }

 private:
  filmoteka::testing::TemporaryFolder folder_;
  std::filesystem::path file_;
};

inline StoreKind sqlite_kind() {
  return {"sqlite", [] {
            return std::make_unique<SqlitePlace>();
          }};
}
inline StoreKind sqlite_kind(const std::filesystem::path& file) {
  return {"sqlite", [file] {
            return std::make_unique<SqlitePlace>(file);
          }};
}

}  // namespace filmoteka::metadata::testing
