/// How loaded the I/O threads of a process are, for whoever answers without knowing on which one he is.
#pragma once

#include <gateway/core/limits/load_level.hpp>

#include <atomic>
#include <cstddef>

namespace filmoteka::gateway {

/// Each thread's LoadLevel says when it has changed; read on any thread, without a lock. A reader may be a
/// moment behind.
class LoadBoard {
 public:
  explicit LoadBoard(std::size_t threads) : threads_(threads) {}

  void changed(Load from, Load to) {
    count(busy_, from >= Load::kBusy, to >= Load::kBusy);
    count(overloaded_, from >= Load::kOverloaded, to >= Load::kOverloaded);
  }
  /// What every thread would say: the least load of all.
  Load least() const {
    if (overloaded_.load(std::memory_order_relaxed) == threads_) return Load::kOverloaded;
    return busy_.load(std::memory_order_relaxed) == threads_ ? Load::kBusy : Load::kNormal;
  }

 private:
  static void count(std::atomic<std::size_t>& threads, bool was, bool is) {
    if (is && !was) threads.fetch_add(1, std::memory_order_relaxed);
    if (was && !is) threads.fetch_sub(1, std::memory_order_relaxed);
  }

  const std::size_t threads_;
  std::atomic<std::size_t> busy_{0};  ///< or more than that
  std::atomic<std::size_t> overloaded_{0};
};

}  // namespace filmoteka::gateway
