/// Answers the routes that the metadata service stands behind: from the cache, or through it.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/http/message.hpp>

#include <gateway/core/api_route.hpp>
#include <gateway/core/cache/http_cache.hpp>
#include <gateway/handlers/cached_answers.hpp>

namespace filmoteka::gateway {

/// Thread-safe. Everything that it refers to outlives it.
class ApiHandler {
 public:
  /// `compression`: where bodies are compressed, away from the I/O threads.
  ApiHandler(HttpCache& cache, BlockingPool& compression, const Clock& clock)
      : cache_(cache), answers_(cache, compression, clock) {}

  /// The hit: looked up by the target as it came, so that nothing is parsed and nothing is made. Nullopt
  /// where there is more to do.
  std::optional<http::Response> hit(const http::Request& request) const { return answers_.hit(request); }
  /// Everything else.
  Task<http::Response> answer(const ApiRoute& route, const http::Request& request) const;
  /// POST /movies/{id}/views: 202 once the view is durable. Never cached, never repeated.
  Task<http::Response> count_view(const http::Request& request) const;

 private:
  HttpCache& cache_;
  CachedAnswers answers_;
};

}  // namespace filmoteka::gateway
