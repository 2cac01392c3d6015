#include <gateway/core/limits/load_board.hpp>
#include <gateway/core/limits/load_level.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

/// A window in which the thread did not even come round so often says nothing yet.
constexpr unsigned kLeastLags = 3;

template <class Measure, class Threshold>
Load next(Load present, Measure measured, Threshold busy, Threshold overloaded) {
  if (measured >= overloaded || (present == Load::kOverloaded && measured * 2 >= overloaded)) {
    return Load::kOverloaded;
  }
  if (measured >= busy || (present != Load::kNormal && measured * 2 >= busy)) return Load::kBusy;
  return Load::kNormal;
}

}  // namespace

void LoadLevel::on_lag(std::chrono::nanoseconds lag, SteadyTime now) {
  if (lags_ == 0) {
    window_end_ = now + thresholds_.lag_window;
    least_lag_ = lag;
  }
  ++lags_;
  least_lag_ = std::min(least_lag_, lag);
  if (now < window_end_ || lags_ < kLeastLags) return;
  by_lag_ = next(by_lag_, least_lag_, thresholds_.busy_lag, thresholds_.overloaded_lag);
  lags_ = 0;
  say();
}

void LoadLevel::say() {
  const Load now = std::max(by_lag_, by_calls_);
  if (board_ != nullptr && now != said_) board_->changed(said_, now);
  said_ = now;
}

Load LoadLevel::level(std::size_t calls) {
  by_calls_ = next(by_calls_, calls, thresholds_.busy_calls, thresholds_.overloaded_calls);
  say();
  return said_;
}

}  // namespace filmoteka::gateway
