/// How long one try may take before another replica is asked.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <array>
#include <chrono>
#include <cstdint>

namespace filmoteka::gateway {

struct PatienceSettings {
  std::chrono::milliseconds least{250};  ///< a pause of a sound replica is shorter
  std::chrono::milliseconds at_first{1'000};
  std::chrono::milliseconds most{2'500};  ///< half of a call's time: the other half is for the second try
};

/// Three times what 99 of 100 recent calls take, within the bounds. Recent: the last thousands of calls, each
/// half counting twice as much as the half before it. Calls that were cut count with the time that they got,
/// so if everything becomes slow, patience grows. Pure; not thread-safe.
class Patience {
 public:
  explicit Patience(const PatienceSettings& settings) : settings_(settings) {}
  void observe(std::chrono::nanoseconds took);
  std::chrono::milliseconds value() const;

 private:
  // Bucket i: up to 0.1 ms × 1.25^i, the last one without an end (2 minutes).
  static constexpr std::size_t kBuckets = 64;
  static std::size_t bucket_of(std::chrono::nanoseconds took);

  PatienceSettings settings_;
  std::array<std::uint32_t, kBuckets> calls_{};
  std::uint32_t total_ = 0;
};

}  // namespace filmoteka::gateway
