/// GET /export: all films, inactive ones included, as NDJSON, at one revision however long it takes, with all
/// that is stored of them and beside them: what a restore needs to bring back the same catalogue.
#pragma once

#include <filmoteka/http/message.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/movie_store.hpp>

#include <atomic>
#include <memory>

namespace filmoteka::metadata {

/// Thread-safe.
class ExportMovies {
 public:
  /// An export holds a state of the store, and one of its few connections, until its last byte is read.
  static constexpr int kMostAtOnce = 2;

  explicit ExportMovies(MovieStore& store) : store_(store) {}

  /// 503 while kMostAtOnce others are under way.
  Task<http::Response> handle(LiveCatalogue& catalogue, const http::Request& request);

 private:
  MovieStore& store_;
  /// Exports under way; shared with them, as an answer may outlive its call.
  std::shared_ptr<std::atomic<int>> running_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace filmoteka::metadata
