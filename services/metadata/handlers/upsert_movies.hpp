/// POST /movies:batch: rows in, one result for each out; acknowledged when durable and readable.
#pragma once

#include <filmoteka/api/batch.hpp>
#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/base/clock.hpp>
#include <filmoteka/http/message.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/movie_store.hpp>

#include <array>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

class UpsertBatch {
 public:
  struct Input {
    std::string_view body;
    std::string_view content_type;
  };
  using Output = std::vector<api::RowResult>;  ///< the rows' indices

  /// `pool` parses and validates: a full batch takes longer than an I/O thread may.
  UpsertBatch(MovieStore& store, BlockingPool& pool, const Clock& clock, telemetry::Metrics& metrics);

  /// A bad row is rejected alone. Fails as a whole as api::parse_batch() and MovieStore::write() do.
  Task<Result<Output>> process(LiveCatalogue& catalogue, Input input, Deadline deadline);
  Task<http::Response> handle(LiveCatalogue& catalogue, const http::Request& request);

 private:
  void count(const Output& results);

  MovieStore& store_;
  BlockingPool& pool_;
  const Clock& clock_;
  std::array<telemetry::Counter*, 5> rows_{};  ///< by api::RowStatus
};

}  // namespace filmoteka::metadata
