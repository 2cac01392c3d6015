/// The operations port of a service: what probes, Prometheus and operators ask, away from the service's own
/// port.
#pragma once

#include <filmoteka/config/values.hpp>
#include <filmoteka/kit/service.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::kit {

/// The host's part in readiness.
enum class Phase { kStarting, kServing, kStopping };

struct OperationsSettings {
  config::HostPort listen;
  std::function<std::string()>
      configuration;  ///< the service's settings as JSON, secrets masked; called from any thread
};

/// GET /healthz: 200 while the process runs. /readyz: 200 if the host serves and all checks are ok, else 503;
/// both with
/// {"status":"ready"|"starting"|"not_ready"|"stopping","checks":{NAME:MESSAGE}}. /metrics: Prometheus text.
/// /config, /build: JSON. Lifetime: make → run → stop → run returns; all on thread 0.
class Operations {
 public:
  /// `phase` and `checks` are called from any thread; `checks` only in Phase::kServing.
  static Result<std::unique_ptr<Operations>> make(const Environment& environment, std::string service,
                                                  OperationsSettings settings, std::function<Phase()> phase,
                                                  std::function<std::vector<Check>()> checks);
  virtual ~Operations() = default;
  virtual std::uint16_t port() const = 0;
  virtual Task<void> run() = 0;
  virtual void stop(Deadline deadline) = 0;
};

}  // namespace filmoteka::kit
