/// A limit in time for anything that waits on the outside.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <exception>
#include <string>

namespace filmoteka {

namespace detail {

/// Ends without an exception: a race takes one for "not finished yet" and waits for the others.
template <class T>
Task<Result<T>> keep_thrown(Task<Result<T>> task, std::exception_ptr& thrown) {
  try {
    co_return co_await std::move(task);
  } catch (...) {
    thrown = std::current_exception();
  }
  co_return internal("the task has thrown");
}

}  // namespace detail

/// Runs `task`; if it has not ended at `deadline`, cancels it, waits for its end and returns
/// kDeadlineExceeded with "`what` took too long". What the task throws is thrown, at once. Stays on the
/// caller's thread.
template <class T>
Task<Result<T>> with_deadline(Task<Result<T>> task, Deadline deadline, std::string what) {
  if (deadline.is_never()) co_return co_await std::move(task);
  using namespace asio::experimental::awaitable_operators;
  std::exception_ptr thrown;
  auto race = detail::keep_thrown(std::move(task), thrown) || sleep_until(deadline.time());
  auto outcome = co_await std::move(race);
  const bool in_time = outcome.index() == 0;
  // Too late, its cancellation is no news; a defect is one even then.
  if (thrown && (in_time || !is_cancellation(thrown))) std::rethrow_exception(thrown);
  if (in_time) co_return std::get<0>(std::move(outcome));
  co_return deadline_exceeded(what + " took too long.");
}

}  // namespace filmoteka
