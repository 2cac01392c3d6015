/// How late the event loop of each I/O thread is: what a handler that blocks does to all others.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <memory>
#include <vector>

namespace filmoteka::kit {

/// Twice a second each thread asks to be woken and notes how late that was, as
/// filmoteka_event_loop_lag_seconds{thread="0"}. All calls on thread 0.
class LoopLag {
 public:
  LoopLag(Runtime& runtime, telemetry::Metrics& metrics);
  ~LoopLag();
  /// Starts the watchers as children of `group`.
  void start(TaskGroup& group);
  /// Tells them to end; they have when the group has been joined.
  Task<void> stop();

 private:
  struct Watcher;
  static Task<void> watch(Watcher& watcher);
  static Task<void> silence(Watcher& watcher);
  static Task<void> watch_on(Executor executor, Watcher& watcher);

  Runtime& runtime_;
  std::vector<std::unique_ptr<Watcher>> watchers_;
};

}  // namespace filmoteka::kit
