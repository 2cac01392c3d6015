/// A task on this thread, run to its end.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/result.hpp>

#include <optional>
#include <utility>

namespace filmoteka::app {

namespace detail {

template <class T>
Task<void> keep_result(Task<Result<T>> task, std::optional<Result<T>>& result) {
  result = co_await std::move(task);
}

}  // namespace detail

/// Blocks. Not from a coroutine.
template <class T>
Result<T> run_task(Task<Result<T>> task) {
  Runtime runtime(1);
  std::optional<Result<T>> result;
  runtime.run(detail::keep_result(std::move(task), result));
  return std::move(*result);
}

}  // namespace filmoteka::app
