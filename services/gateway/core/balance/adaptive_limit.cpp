#include <gateway/core/balance/adaptive_limit.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

using std::chrono::nanoseconds;

constexpr std::chrono::milliseconds kNeverLate{100};
constexpr int kLateFactor = 4;
constexpr std::chrono::seconds kHalfMinute{30};
constexpr double kDecrease = 0.8;
constexpr std::chrono::milliseconds kDecreasePause{100};

}  // namespace

bool AdaptiveLimit::is_late(nanoseconds took, SteadyTime now) {
  if (now >= window_end_) {
    least_before_ = least_now_;
    least_now_ = nanoseconds::max();
    window_end_ = now + kHalfMinute;
  }
  least_now_ = std::min(least_now_, took);
  if (took <= kNeverLate) return false;
  return took / kLateFactor > std::min(least_now_, least_before_);
}

void AdaptiveLimit::answered(nanoseconds took, std::size_t in_flight, SteadyTime now) {
  if (is_late(took, now)) {
    unanswered(now);
    return;
  }
  if (static_cast<double>(in_flight) * 2 < limit_) return;
  limit_ = std::min(settings_.most, limit_ + (is_probing_ ? 1 : 1 / limit_));
}

void AdaptiveLimit::unanswered(SteadyTime now) {
  if (now < next_decrease_) return;
  next_decrease_ = now + kDecreasePause;
  is_probing_ = false;
  limit_ = std::max(settings_.least, limit_ * kDecrease);
}

void AdaptiveLimit::restart() {
  limit_ = std::min(settings_.most, settings_.after_return);
  is_probing_ = true;
}

}  // namespace filmoteka::gateway
