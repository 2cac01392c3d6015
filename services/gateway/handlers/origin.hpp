/// Answers every request from another server through the cache (`--origin`).
#pragma once

#include <filmoteka/http/message.hpp>

#include <gateway/core/cache/http_cache.hpp>

#include <optional>

namespace filmoteka::gateway {

/// Thread-safe. Everything that it refers to outlives it.
class OriginHandler {
 public:
  OriginHandler(HttpCache& cache, const Clock& clock) : cache_(cache), clock_(clock) {}

  /// What is fresh and the same for everybody. Nullopt where there is more to do.
  std::optional<http::Response> hit(const http::Request& request) const;
  /// Everything else.
  Task<http::Response> answer(const http::Request& request) const;

 private:
  HttpCache& cache_;
  const Clock& clock_;
};

}  // namespace filmoteka::gateway
