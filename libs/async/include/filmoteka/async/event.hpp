/// A flag that coroutines of one thread can wait for. Set once or more; `reset` arms it again.
#pragma once

#include <filmoteka/async/task.hpp>

namespace filmoteka {

/// Not thread-safe: all calls on the executor's thread. Must outlive its waiters.
class Event {
 public:
  explicit Event(Executor executor);
  void set();
  void reset() { is_set_ = false; }
  bool is_set() const { return is_set_; }
  /// Returns when the flag is set. Throws system_error(operation_aborted) when the waiter is cancelled.
  Task<void> wait();

 private:
  Timer timer_;
  bool is_set_ = false;
};

/// Waits until `when`, or throws system_error(operation_aborted) when cancelled.
Task<void> sleep_until(std::chrono::steady_clock::time_point when);
Task<void> sleep_for(std::chrono::milliseconds span);

}  // namespace filmoteka
