/// Work of a service that never ends by itself: a defect in it is seen, and it goes on.
#pragma once

#include <filmoteka/async/task_group.hpp>
#include <filmoteka/base/backoff.hpp>
#include <filmoteka/base/clock.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <atomic>
#include <functional>
#include <list>
#include <string>

namespace filmoteka::metadata {

/// All calls on the executor's thread, unless they say otherwise. The owner must `co_await join()` before it
/// is destroyed.
class Background {
 public:
  /// `pauses`: before a work that has failed is started anew.
  Background(Executor executor, telemetry::Logger log, telemetry::Metrics& metrics,
             BackoffSettings pauses = {std::chrono::milliseconds(100), std::chrono::milliseconds(5'000)});

  /// Runs what `work` makes until cancel(). When that throws or ends, it is logged and counted, and another
  /// one is made after a pause, which grows with each failure in a row. `name` is for people.
  void spawn(std::string name, std::function<Task<void>()> work);
  void cancel() { group_.cancel(); }
  Task<void> join() { return group_.join(); }

  /// False from the failure of a work until it has gone on again for as long as its pause was. Any thread,
  /// once all have been spawned.
  bool is_well() const;
  /// "ok", or which works have failed. As is_well().
  std::string describe() const;

 private:
  struct Work {
    std::string name;
    std::function<Task<void>()> make;
    std::atomic<SteadyTime> ill_until{SteadyTime::min()};
  };
  Task<void> keep_going(Work& work);
  void failed(Work& work, Backoff& backoff, double random, const std::string& detail);

  telemetry::Logger log_;
  telemetry::Counter& failures_;
  BackoffSettings pauses_;
  std::list<Work> works_;  // their coroutines refer to them
  TaskGroup group_;
};

}  // namespace filmoteka::metadata
