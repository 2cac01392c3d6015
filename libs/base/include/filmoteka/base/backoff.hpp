/// When to try again after failures. Pure.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <chrono>

namespace filmoteka {

struct BackoffSettings {
  std::chrono::milliseconds first{50};
  std::chrono::milliseconds longest{5'000};
};

/// Exponential with "equal jitter" (half fixed, half random), so that many clients of a server that comes
/// back do not come at the same moment.
class Backoff {
 public:
  explicit Backoff(BackoffSettings settings) : settings_(settings) {}

  /// `random` is in [0, 1).
  void failed(SteadyTime now, double random);
  void succeeded() { failures_ = 0; }
  bool is_failing() const { return failures_ > 0; }
  /// Not before this time; the past when nothing has failed.
  SteadyTime next_attempt() const { return failures_ > 0 ? next_ : SteadyTime::min(); }

 private:
  BackoffSettings settings_;
  int failures_ = 0;
  SteadyTime next_{};
};

}  // namespace filmoteka
