#include "probe.hpp"

#include <utility>

namespace filmoteka::redis {
namespace {

telemetry::Counter& calls(telemetry::Metrics& metrics, const char* outcome) {
  return metrics.counter("filmoteka_redis_calls_total", "Calls of Redis, by what became of them.",
                         {{"outcome", outcome}});
}

}  // namespace

Probe::Probe(telemetry::Metrics& metrics, telemetry::Logger log, const Endpoint& endpoint)
    : log_(std::move(log)),
      address_(to_string(endpoint)),
      answered_(calls(metrics, "answered")),
      timeouts_(calls(metrics, "timeout")),
      errors_(calls(metrics, "error")),
      refused_(calls(metrics, "refused")),
      seconds_(metrics.histogram("filmoteka_redis_call_seconds", "Time of answered calls of Redis.",
                                 {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1})),
      connects_(metrics.counter("filmoteka_redis_connects_total", "Connections made to Redis.")),
      connect_failures_(metrics.counter("filmoteka_redis_connect_failures_total",
                                        "Attempts to connect to Redis that failed.")),
      connections_(metrics.gauge("filmoteka_redis_connections", "Connections to Redis that are open.")),
      open_breakers_(metrics.gauge("filmoteka_redis_circuits_open",
                                   "I/O threads that do not ask Redis now because it keeps failing.")) {}

void Probe::answered(std::chrono::steady_clock::duration time) {
  answered_.increment();
  seconds_.observe(std::chrono::duration<double>(time).count());
}

void Probe::failed(ErrorCode code) {
  (code == ErrorCode::kDeadlineExceeded ? timeouts_ : errors_).increment();
}

void Probe::refused() {
  refused_.increment();
}

void Probe::connected() {
  connects_.increment();
  connections_.add(1);
  std::unique_lock lock(mutex_);
  const bool was_away = !std::exchange(problem_, {}).empty();
  lock.unlock();
  if (was_away) log_.info("Redis is reachable", {{"redis", address_}});
}

void Probe::connect_failed(const Error& error, bool is_first) {
  connect_failures_.increment();
  const std::string problem = filmoteka::describe(error);
  {
    const std::lock_guard lock(mutex_);
    problem_ = error.message;
  }
  if (is_first) {
    log_.warning("Redis cannot be used: what it would have saved is done without it",
                 {{"redis", address_}, {"error", problem}});
  }
}

void Probe::lost(const Error& error) {
  connections_.add(-1);
  log_.info("The connection to Redis has ended",
            {{"redis", address_}, {"error", filmoteka::describe(error)}});
}

void Probe::opened(std::string_view why) {
  open_breakers_.add(1);
  {
    const std::lock_guard lock(mutex_);
    problem_ = why;
  }
  log_.warning("Redis keeps failing: it is asked rarely until it answers",
               {{"redis", address_}, {"error", why}});
}

void Probe::closed() {
  open_breakers_.add(-1);
  const std::lock_guard lock(mutex_);
  problem_.clear();
}

std::string Probe::describe() const {
  const std::lock_guard lock(mutex_);
  return problem_.empty() ? "ok" : problem_ + " All works without it, slower.";
}

}  // namespace filmoteka::redis
