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

/// Runs `task` on another thread's executor and returns here with its value. When the caller is cancelled, so
/// is the task, and the caller waits for its end.
template <class T>
Task<T> run_on(Executor other, Task<T> task);

}  // namespace filmoteka

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <exception>
#include <utility>

namespace filmoteka::detail {

/// What cancels a task on another thread; touched there only. Boost 1.81's own way sends a bare pointer to
/// the other thread, which may arrive when the task and its frame are gone.
struct FarTask {
  asio::cancellation_signal signal;
  bool has_ended = false;

  void cancel(asio::cancellation_type type) {
    if (!has_ended) signal.emit(type);
  }
};

template <class T>
struct FarSignature {
  using Type = void(std::exception_ptr, T);
};
template <>
struct FarSignature<void> {
  using Type = void(std::exception_ptr);
};

}  // namespace filmoteka::detail

template <class T>
filmoteka::Task<T> filmoteka::run_on(Executor other, Task<T> task) {
  auto start = [](auto handler, Executor there, Task<T> work) {
    const auto far = std::make_shared<detail::FarTask>();
    const auto here = asio::get_associated_executor(handler, there);
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected()) {
      slot.assign([there, far](asio::cancellation_type type) {
        asio::post(there, [far, type] { far->cancel(type); });
      });
    }
    auto ended = [far, slot, handler = std::move(handler), guard = asio::make_work_guard(here)](
                     std::exception_ptr failure, auto... value) mutable {
      far->has_ended = true;
      asio::post(guard.get_executor(), [slot, handler = std::move(handler), failure = std::move(failure),
                                        ... value = std::move(value)]() mutable {
        slot.clear();
        std::move(handler)(std::move(failure), std::move(value)...);
      });
    };
    asio::co_spawn(there, std::move(work),
                   asio::bind_cancellation_slot(far->signal.slot(), std::move(ended)));
  };
  co_return co_await asio::async_initiate<decltype(use_task), typename detail::FarSignature<T>::Type>(
      start, use_task, std::move(other), std::move(task));
}
