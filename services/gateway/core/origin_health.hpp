/// What is known of the origin: learnt from every call, read by readiness checks.
#pragma once

#include <filmoteka/base/error.hpp>

#include <atomic>
#include <mutex>
#include <string>

namespace filmoteka::gateway {

/// Thread-safe. Nothing was heard yet: not reachable.
class OriginHealth {
 public:
  void note_success();
  void note_failure(const Error& error);
  bool is_reachable() const { return reachable_.load(std::memory_order_acquire); }
  /// Why it is not reachable, for people; "ok" if it is.
  std::string message() const;

 private:
  std::atomic<bool> reachable_{false};
  mutable std::mutex mutex_;  // guards message_
  std::string message_ = "the metadata service was not asked yet";
};

}  // namespace filmoteka::gateway
