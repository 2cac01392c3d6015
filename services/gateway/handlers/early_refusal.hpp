/// Under load: turns away what SheddingOrigin would turn away, before anything is made for it. What that
/// saves is what is left for those who are answered (docs/reliability.md, overload).
#pragma once

#include <filmoteka/http/message.hpp>

#include <gateway/core/api_route.hpp>
#include <gateway/core/cache/http_cache.hpp>
#include <gateway/core/limits/load_board.hpp>
#include <gateway/core/limits/shedding.hpp>

#include <optional>

namespace filmoteka::gateway {

/// Thread-safe. Everything that it refers to outlives it.
class EarlyRefusal {
 public:
  EarlyRefusal(const HttpCache& cache, const LoadBoard& load, const Clock& clock, telemetry::Metrics& metrics)
      : cache_(cache), load_(load), clock_(clock), shedding_(metrics) {}

  /// 503 if every I/O thread would shed this question and the cache keeps nothing that may stand in. Nullopt:
  /// somebody else answers, a question that is wrong for one. What only Redis keeps is not looked for.
  std::optional<http::Response> refuse(const ApiRoute& route, const http::Request& request) const;

 private:
  const HttpCache& cache_;
  const LoadBoard& load_;
  const Clock& clock_;
  Shedding shedding_;
};

}  // namespace filmoteka::gateway
