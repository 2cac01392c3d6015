/// The I/O threads of a process: one io_context per thread, so that nothing inside a thread needs a lock.
#pragma once

#include <filmoteka/async/task.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace filmoteka {

class Runtime {
 public:
  /// `threads` ≥ 1. No thread starts before run().
  explicit Runtime(std::size_t threads);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  std::size_t size() const { return contexts_.size(); }
  /// The executor of thread `index`; thread 0 is the one that calls run().
  Executor executor(std::size_t index) const { return contexts_[index]->get_executor(); }

  /// Runs `main` on thread 0 and the other threads beside it; returns when `main` has ended, and rethrows
  /// what it threw. Everything that main started must have ended by then. Called once.
  void run(Task<void> main);

 private:
  std::vector<std::unique_ptr<asio::io_context>> contexts_;
};

/// Runs `task` on another thread's executor and returns here with its value.
template <class T>
Task<T> run_on(Executor other, Task<T> task);

}  // namespace filmoteka

#include <boost/asio/co_spawn.hpp>

template <class T>
filmoteka::Task<T> filmoteka::run_on(Executor other, Task<T> task) {
  co_return co_await asio::co_spawn(other, std::move(task), use_task);
}
