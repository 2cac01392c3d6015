/// For tests of what runs in the background.
#pragma once

#include <filmoteka/async/task_group.hpp>

#include <exception>
#include <utility>

namespace filmoteka::testing {

/// Runs `test` to its end, cancels what runs beside it in `group`, and waits for that. Throws what the test
/// has thrown.
inline Task<void> then_cancel(TaskGroup& group, Task<void> test) {
  std::exception_ptr failure;
  try {
    co_await std::move(test);
  } catch (...) {
    failure = std::current_exception();
  }
  group.cancel();
  auto ended = group.join();
  co_await std::move(ended);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace filmoteka::testing
