/// Time, as a dependency: what decides by time takes a Clock, so that a test can move it.
#pragma once

#include <atomic>
#include <chrono>

namespace filmoteka {

/// Wall-clock time with millisecond precision, UTC: what is stored and shown.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
/// Monotonic time: what deadlines and intervals are measured with. Never goes back.
using SteadyTime = std::chrono::steady_clock::time_point;

/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;
  virtual SteadyTime steady_now() const = 0;
};

/// The machine's clocks. Stateless; `instance()` lives as long as the process.
class SystemClock final : public Clock {
 public:
  static const SystemClock& instance();
  Timestamp now() const override;
  SteadyTime steady_now() const override;
};

/// A clock that stands still until a test moves it. Both times move together. Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Timestamp start = Timestamp{std::chrono::milliseconds{1'700'000'000'000}});
  Timestamp now() const override;
  SteadyTime steady_now() const override;
  void advance(std::chrono::milliseconds by);

 private:
  std::atomic<std::int64_t> milliseconds_;
};

}  // namespace filmoteka
