#include <filmoteka/async/task_group.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/assert.hpp>

namespace filmoteka {

bool is_cancellation(const std::exception_ptr& failure) {
  if (!failure) return false;
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    return error.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

TaskGroup::TaskGroup(Executor executor, FailureHandler on_failure)
    : executor_(executor), on_failure_(std::move(on_failure)), empty_(executor, Timer::time_point::max()) {}

TaskGroup::~TaskGroup() {
  BOOST_ASSERT_MSG(children_.empty(), "a task group was destroyed before join()");
}

void TaskGroup::spawn(Task<void> child) {
  const auto position = children_.emplace(children_.end());
  auto on_end = [this, position](const std::exception_ptr& failure) {
    ended(position, failure);
  };
  asio::co_spawn(executor_, std::move(child),
                 asio::bind_cancellation_slot(position->slot(), std::move(on_end)));
  if (cancelled_) position->emit(asio::cancellation_type::terminal);
}

void TaskGroup::ended(Children::iterator child, const std::exception_ptr& failure) {
  // The signal is still in use by the caller of this function: let it unwind first.
  asio::post(executor_, [this, child] {
    children_.erase(child);
    if (children_.empty()) empty_.cancel();
  });
  if (failure && on_failure_ && !is_cancellation(failure)) on_failure_(failure);
}

void TaskGroup::cancel() {
  cancelled_ = true;
  for (asio::cancellation_signal& child : children_) child.emit(asio::cancellation_type::terminal);
}

Task<void> TaskGroup::join() {
  // A cancelled coroutine may not wait any more, unless it says that it wants to.
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  while (!children_.empty()) {
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none && !cancelled_) cancel();
    co_await empty_.async_wait(use_task_tuple);
  }
  co_await asio::this_coro::throw_if_cancelled(throws);
}

}  // namespace filmoteka
