/// Where gateways that serve the same clients count together.
#pragma once

#include <filmoteka/async/task.hpp>

#include <gateway/core/limits/limits.hpp>

#include <cstdint>
#include <optional>

namespace filmoteka::gateway {

/// Thread-safe. What it hears of other gateways it teaches to the Limits of this one, which are asked first.
class SharedLimits {
 public:
  virtual ~SharedLimits() = default;
  /// One request that passed here. Waits some milliseconds at most; nullopt: nobody can say, what was decided
  /// here stands.
  virtual Task<std::optional<LimitVerdict>> take(Address client, RouteClass route_class) = 0;
  /// Requests that have been answered already (hits wait for nothing). Returns at once.
  virtual void report(const Address& client, RouteClass route_class, std::uint32_t requests) = 0;
};

}  // namespace filmoteka::gateway
