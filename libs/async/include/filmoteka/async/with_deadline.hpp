/// A limit in time for anything that waits on the outside.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <string>

namespace filmoteka {

/// Runs `task`; if it has not ended at `deadline`, cancels it, waits for its end and returns
/// kDeadlineExceeded with "`what` took too long". Stays on the caller's thread.
template <class T>
Task<Result<T>> with_deadline(Task<Result<T>> task, Deadline deadline, std::string what) {
  if (deadline.is_never()) co_return co_await std::move(task);
  using namespace asio::experimental::awaitable_operators;
  auto race = std::move(task) || sleep_until(deadline.time());
  auto outcome = co_await std::move(race);
  if (outcome.index() == 0) co_return std::get<0>(std::move(outcome));
  co_return deadline_exceeded(what + " took too long.");
}

}  // namespace filmoteka
