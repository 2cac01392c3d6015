/// POST /movies:restore: lines of an export come back as they were, ids, times and (where nothing newer is
/// here) revisions included.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/base/clock.hpp>
#include <filmoteka/http/message.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/movie_store.hpp>

namespace filmoteka::metadata {

class RestoreBatch {
 public:
  /// `pool` parses and validates.
  RestoreBatch(MovieStore& store, BlockingPool& pool, const Clock& clock)
      : store_(store), pool_(pool), clock_(clock) {}

  /// NDJSON, as many rows and bytes as a batch. All or nothing: 400 names the line that is wrong, 409 the
  /// film that stands in the way. Repeating is harmless. The lines of an export come in its order.
  Task<http::Response> handle(LiveCatalogue& catalogue, const http::Request& request);

 private:
  MovieStore& store_;
  BlockingPool& pool_;
  const Clock& clock_;
};

}  // namespace filmoteka::metadata
