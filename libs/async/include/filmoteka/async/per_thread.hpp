/// One object for each I/O thread, so that it needs no lock.
#pragma once

#include <filmoteka/async/runtime.hpp>

#include <boost/asio/execution/context.hpp>
#include <boost/asio/query.hpp>

#include <cstddef>
#include <deque>
#include <stdexcept>

namespace filmoteka {

/// Executors compare equal only if their properties are equal too; what counts here is the thread.
inline bool same_thread(const Executor& a, const Executor& b) {
  return &asio::query(a, asio::execution::context) == &asio::query(b, asio::execution::context);
}

/// Filled at construction; then every thread touches only its own object.
template <class T>
class PerThread {
 public:
  /// `make(executor)` gives each thread's object.
  template <class Make>
  PerThread(const Runtime& runtime, Make make) {
    for (std::size_t i = 0; i < runtime.size(); ++i) {
      executors_.push_back(runtime.executor(i));
      objects_.emplace_back(make(runtime.executor(i)));
    }
  }

  /// The object of the thread that `executor` runs on: a coroutine passes its own.
  T& at(const Executor& executor) {
    for (std::size_t i = 0; i < executors_.size(); ++i) {
      if (same_thread(executors_[i], executor)) return objects_[i];
    }
    throw std::logic_error("an executor of another runtime");
  }

 private:
  std::deque<Executor> executors_;
  std::deque<T> objects_;
};

}  // namespace filmoteka
