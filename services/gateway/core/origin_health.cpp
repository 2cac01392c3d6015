#include <gateway/core/origin_health.hpp>

namespace filmoteka::gateway {

void OriginHealth::note_success() {
  // Almost always so: no write, so that threads do not take the line from each other.
  if (is_reachable()) return;
  reachable_.store(true, std::memory_order_release);
}

void OriginHealth::note_failure(const Error& error) {
  {
    const std::lock_guard lock(mutex_);
    message_ =
        "the metadata service does not answer: " + error.message + " Is it running, and is --metadata right?";
  }
  reachable_.store(false, std::memory_order_release);
}

std::string OriginHealth::message() const {
  if (is_reachable()) return "ok";
  const std::lock_guard lock(mutex_);
  return message_;
}

}  // namespace filmoteka::gateway
