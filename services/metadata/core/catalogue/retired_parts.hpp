/// Large parts of states that are no longer current. They are kept until no reader holds them any more, so
/// that they are freed on a thread that may take its time, never by a reader that lets go of them.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace filmoteka::metadata {

/// Thread-safe.
class RetiredParts {
 public:
  /// `part` may not be given to new holders afterwards. `bytes`: what it takes about.
  void add(std::shared_ptr<const void> part, std::size_t bytes);
  /// Frees, on this thread, what nobody else holds. Returns how many are left.
  std::size_t free();

  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }
  bool empty() const { return bytes() == 0; }

 private:
  struct Part {
    std::shared_ptr<const void> part;
    std::size_t bytes = 0;
  };
  std::mutex mutex_;  ///< guards parts_
  std::vector<Part> parts_;
  std::atomic<std::size_t> bytes_{0};
};

}  // namespace filmoteka::metadata
