/// What every service of Filmoteka is to the process that runs it, whether that is filmoteka-<service> or the
/// all-in-one filmoteka.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task.hpp>
#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>
#include <filmoteka/telemetry/tracer.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::kit {

/// What a process lends to its services; outlives them.
struct Environment {
  Runtime& runtime;
  telemetry::Logger log;
  telemetry::Metrics& metrics;
  const Clock& clock;
  telemetry::Tracer tracer = {};  ///< of the service that it is lent to
};

/// Readiness: one entry a check. All ok: ready.
struct Check {
  std::string name;  ///< "store", "catalogue", "metadata", …
  bool ok = true;
  std::string message;  ///< for people: what is wrong and what to do; "ok" otherwise
};

/// Lifetime: constructed → start() once → serves → stop() once → destroyed. start and stop run on thread 0 of
/// the runtime.
class Service {
 public:
  virtual ~Service() = default;
  virtual std::string_view name() const = 0;
  /// Opens files, recovers, binds ports and starts the background work. After success it accepts requests
  /// (perhaps answering 503 until checks() is all ok). After a failure nothing is left running.
  virtual Task<Result<void>> start() = 0;
  /// Thread-safe, quick, without I/O.
  virtual std::vector<Check> checks() const = 0;
  /// Refuses new work, finishes what is under way, keeps what was acknowledged; returns when nothing runs any
  /// more, at the latest shortly after `deadline`.
  virtual Task<void> stop(Deadline deadline) = 0;
};

}  // namespace filmoteka::kit
