/// Turns work away before it makes all of it late: the expensive first, then all that is not cached.
#pragma once

#include <filmoteka/telemetry/metrics.hpp>

#include <gateway/core/limits/load_level.hpp>
#include <gateway/core/limits/shedding.hpp>
#include <gateway/core/origin.hpp>

#include <cstddef>
#include <memory>

namespace filmoteka::gateway {

/// Stands between the cache and what is behind it, so that what is cached is always served, also what is only
/// good enough in need (stale-if-error). What it turns away fails with kUnavailable; the client is told 503
/// and when to try again. Metrics: filmoteka_gateway_shed_requests_total{kind="expensive"|"other"}.
class SheddingOrigin final : public Origin {
 public:
  /// `load` is that of this I/O thread, and outlives it.
  SheddingOrigin(std::unique_ptr<Origin> behind, LoadLevel& load, telemetry::Metrics& metrics);
  Task<Result<OriginAnswer>> send(const OriginRequest& request) override;

 private:
  std::unique_ptr<Origin> behind_;
  LoadLevel& load_;
  std::size_t calls_ = 0;
  Shedding shedding_;
};

}  // namespace filmoteka::gateway
