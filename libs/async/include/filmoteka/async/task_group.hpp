/// Structured concurrency: children that an owner starts, may cancel, and always waits for.
#pragma once

#include <filmoteka/async/task.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <functional>
#include <list>

namespace filmoteka {

/// Not thread-safe: all calls and all children on the executor's thread. The owner must `co_await join()`
/// before the group is destroyed.
class TaskGroup {
 public:
  /// `on_failure` hears of a child that ended by an exception other than its cancellation.
  using FailureHandler = std::function<void(std::exception_ptr)>;
  explicit TaskGroup(Executor executor, FailureHandler on_failure = {});
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Starts a child. After cancel() it is started cancelled: its first wait throws operation_aborted.
  void spawn(Task<void> child);
  /// Asks all children to end: what they wait for fails with operation_aborted.
  void cancel();
  /// Returns when all children have ended. If the waiter is cancelled, so are the children, and it still
  /// waits for their end.
  Task<void> join();
  std::size_t size() const { return children_.size(); }

 private:
  using Children = std::list<asio::cancellation_signal>;
  void ended(Children::iterator child, const std::exception_ptr& failure);

  Executor executor_;
  FailureHandler on_failure_;
  Children children_;
  Timer empty_;  ///< never runs out; cancelled when the last child has ended
  bool cancelled_ = false;
};

/// True if `failure` is the error that a cancelled operation throws.
bool is_cancellation(const std::exception_ptr& failure);

}  // namespace filmoteka
