/// Request coalescing: simultaneous misses of one key make one call.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace filmoteka::gateway {

struct Fetched;

/// One for the whole process: waiters on all threads share a flight. The call itself belongs to nobody's
/// request: it runs in a task group of the thread that started it, so a client that goes away neither ends
/// nor slows it for the others. Waiters are woken by its end, never by polling. A failure is shared like a
/// success, so that a broken origin gets one call and not a herd.
class SingleFlight {
 public:
  using Outcome = std::shared_ptr<const Fetched>;
  using Call = std::function<Task<Outcome>()>;

  struct Ticket {
    Outcome outcome;
    bool collapsed = false;  ///< somebody else's call answered
  };

  /// Waits for the flight of `key`, starting it with `call` in `group` (this thread's) if there is none.
  /// kDeadlineExceeded when `deadline`, which is this waiter's alone, passes first; kCancelled when the call
  /// ended without an outcome (it threw, or its group was cancelled). Throws
  /// system_error(operation_aborted) when the waiter is cancelled.
  Task<Result<Ticket>> join(std::string key, TaskGroup& group, Call call, Deadline deadline);
  /// Starts a flight that nobody waits for, unless one is under way: a later join() of the key joins it.
  void start(std::string key, TaskGroup& group, Call call);

 private:
  struct Waiter;
  using Waiters = std::vector<std::shared_ptr<Waiter>>;

  bool board(const std::string& key, std::shared_ptr<Waiter> waiter);
  Task<void> fly(std::string key, Call call);
  void land(const std::string& key, const Outcome& outcome);

  std::mutex mutex_;  // guards flights_; held for a lookup only
  std::unordered_map<std::string, Waiters> flights_;
};

}  // namespace filmoteka::gateway
