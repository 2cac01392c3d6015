/// Answers of the cache as responses: the variant that the client wants, compressed when the first one wants
/// it.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/http/message.hpp>

#include <gateway/core/cache/http_cache.hpp>

#include <optional>
#include <string>

namespace filmoteka::gateway {

/// Thread-safe. Everything that it refers to outlives it.
class CachedAnswers {
 public:
  /// `compression`: where bodies are compressed, away from the I/O threads.
  CachedAnswers(HttpCache& cache, BlockingPool& compression, const Clock& clock)
      : cache_(cache), compression_(compression), clock_(clock) {}

  /// The hit: looked up by the target as it came, so that nothing is parsed and nothing is made. Nullopt
  /// where there is more to do.
  std::optional<http::Response> hit(const http::Request& request) const;
  /// `served` has variants, and is kept under `key`.
  Task<http::Response> respond(HttpCache::Served served, std::string key, const http::Request& request) const;

 private:
  HttpCache& cache_;
  BlockingPool& compression_;
  const Clock& clock_;
};

/// For the log.
http::AnswerSource source_of(const HttpCache::Served& served);

}  // namespace filmoteka::gateway
