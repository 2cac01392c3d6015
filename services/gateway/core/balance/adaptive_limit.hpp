/// How many calls a replica can take at the same time, learnt from how long it takes for them.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <chrono>
#include <cstddef>

namespace filmoteka::gateway {

struct AdaptiveLimitSettings {
  double least = 8;  ///< below it a limit would be an outage of its own (envoyproxy/envoy, gradient with 3)
  double most = 512;
  double after_return = 16;
};

/// Additive increase, multiplicative decrease, as TCP's window (RFC 5681): an answer in time raises the limit
/// if it is in use, by one until the first late one and by one a round after it; a late answer, or none,
/// lowers it by a fifth, once in 100 ms. Late is four times the least time of the last minute, and 100 ms at
/// least. Pure; not thread-safe.
class AdaptiveLimit {
 public:
  explicit AdaptiveLimit(const AdaptiveLimitSettings& settings)
      : settings_(settings), limit_(settings.most) {}

  bool admits(std::size_t in_flight) const { return static_cast<double>(in_flight) < limit_; }
  /// `in_flight`: with this call.
  void answered(std::chrono::nanoseconds took, std::size_t in_flight, SteadyTime now);
  void unanswered(SteadyTime now);
  /// The replica was away: it begins with few calls.
  void restart();
  double value() const { return limit_; }

 private:
  bool is_late(std::chrono::nanoseconds took, SteadyTime now);

  AdaptiveLimitSettings settings_;
  double limit_;
  bool is_probing_ = false;  ///< "slow start": doubles with each round
  SteadyTime next_decrease_{};
  SteadyTime window_end_{};
  std::chrono::nanoseconds least_now_ = std::chrono::nanoseconds::max();     ///< of this half minute
  std::chrono::nanoseconds least_before_ = std::chrono::nanoseconds::max();  ///< of the one before
};

}  // namespace filmoteka::gateway
