#include <filmoteka/async/event.hpp>

#include <gateway/adapters/loop_lag.hpp>

#include <chrono>

namespace filmoteka::gateway {

Task<void> measure_loop_lag(LoadLevel& load, telemetry::Gauge& lag) {
  constexpr std::chrono::milliseconds kInterval{50};
  for (;;) {
    const SteadyTime due = std::chrono::steady_clock::now() + kInterval;
    auto pause = sleep_until(due);
    co_await std::move(pause);
    const SteadyTime now = std::chrono::steady_clock::now();
    load.on_lag(now - due, now);
    lag.set(std::chrono::duration<double>(now - due).count());
  }
}

}  // namespace filmoteka::gateway
