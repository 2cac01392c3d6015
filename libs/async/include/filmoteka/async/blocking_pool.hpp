/// Named threads for work that blocks or takes long (disk, compression, libcurl), away from the I/O threads.
#pragma once

#include <filmoteka/async/task.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

namespace filmoteka {

/// Jobs start in the order in which they were given. Thread-safe. The destructor waits for all jobs.
/// Destroy it before the Runtime whose coroutines use it.
class BlockingPool {
 public:
  /// `name` (≤ 15 bytes) is the threads' name in top and gdb.
  BlockingPool(std::string name, std::size_t threads);
  ~BlockingPool();
  BlockingPool(const BlockingPool&) = delete;
  BlockingPool& operator=(const BlockingPool&) = delete;

  /// Runs `function` on a thread of the pool and returns here with its value, or with what it threw. Once
  /// given it runs to its end even if the caller is cancelled (the caller waits), so it may refer to the
  /// caller's locals.
  template <class Function>
  Task<std::invoke_result_t<Function&>> run(Function function) {
    using Value = std::invoke_result_t<Function&>;
    if constexpr (std::is_void_v<Value>) {
      co_await run_job([&function] { function(); });
    } else {
      std::optional<Value> value;
      std::function<void()> job = [&function, &value] {
        value.emplace(function());
      };
      co_await run_job(std::move(job));
      co_return std::move(*value);
    }
  }

 private:
  Task<void> run_job(std::function<void()> job);

  class Threads;
  std::unique_ptr<Threads> threads_;
};

}  // namespace filmoteka
