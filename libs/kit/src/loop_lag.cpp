#include "loop_lag.hpp"

#include <string>

namespace filmoteka::kit {

/// Touched by its own thread only, after construction.
struct LoopLag::Watcher {
  Watcher(Executor executor, telemetry::Histogram& histogram) : timer(executor), seconds(histogram) {}
  Timer timer;
  telemetry::Histogram& seconds;
  bool ended = false;
};

LoopLag::LoopLag(Runtime& runtime, telemetry::Metrics& metrics) : runtime_(runtime) {
  for (std::size_t i = 0; i < runtime.size(); ++i) {
    auto& seconds =
        metrics.histogram("filmoteka_event_loop_lag_seconds", "How late a timer of this I/O thread ran.",
                          telemetry::latency_buckets(), {{"thread", std::to_string(i)}});
    watchers_.push_back(std::make_unique<Watcher>(runtime.executor(i), seconds));
  }
}

LoopLag::~LoopLag() = default;

void LoopLag::start(TaskGroup& group) {
  for (std::size_t i = 0; i < watchers_.size(); ++i)
    group.spawn(watch_on(runtime_.executor(i), *watchers_[i]));
}

Task<void> LoopLag::watch_on(Executor executor, Watcher& watcher) {
  // A cancellation must not reach into another thread: stop() is how these end.
  co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
  co_await run_on(executor, watch(watcher));
}

Task<void> LoopLag::watch(Watcher& watcher) {
  constexpr std::chrono::milliseconds kEvery{500};
  while (!watcher.ended) {
    watcher.timer.expires_after(kEvery);
    const auto due = watcher.timer.expiry();
    const auto [error] = co_await watcher.timer.async_wait(use_task_tuple);
    if (error) continue;
    const std::chrono::duration<double> late = std::chrono::steady_clock::now() - due;
    watcher.seconds.observe(late.count());
  }
}

Task<void> LoopLag::silence(Watcher& watcher) {
  watcher.ended = true;
  watcher.timer.cancel();
  co_return;
}

Task<void> LoopLag::stop() {
  for (std::size_t i = 0; i < watchers_.size(); ++i)
    co_await run_on(runtime_.executor(i), silence(*watchers_[i]));
}

}  // namespace filmoteka::kit
