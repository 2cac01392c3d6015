/// How long a replica takes to answer, so that a slow one is noticed at once and forgiven slowly.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <chrono>
#include <optional>

namespace filmoteka::gateway {

/// The moving average of Finagle's "peak EWMA" balancer (twitter/finagle, PeakEwma.scala): a call that took
/// longer than the average becomes the average, a faster one pulls it down by the time that has passed; left
/// alone it falls to nothing, so that who was slow is tried again. Pure; not thread-safe.
class PeakEwma {
 public:
  void observe(std::chrono::nanoseconds took, SteadyTime now);
  /// Nanoseconds; nullopt: nothing was observed yet.
  std::optional<double> value(SteadyTime now) const;
  /// As new.
  void forget() { stamp_.reset(); }

 private:
  double value_ = 0;
  std::optional<SteadyTime> stamp_;
};

}  // namespace filmoteka::gateway
