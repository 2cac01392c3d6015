/// How much of the work that can be put off is still taken on. Pure: time comes in as an argument.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace filmoteka::gateway {

enum class Load : std::uint8_t {
  kNormal,
  kBusy,       ///< expensive questions are turned away
  kOverloaded  ///< all are that metadata would have to be asked for
};

/// Of one I/O thread. A level is left when its measure is below half of what it was entered at.
struct LoadThresholds {
  // Late timers: the thread has more to do than it can. Other programs on a busy machine make a single timer
  // late by as much, never all of a whole second.
  std::chrono::milliseconds busy_lag{100};
  std::chrono::milliseconds overloaded_lag{400};
  std::chrono::milliseconds lag_window{1'000};
  // Calls to metadata that are not answered yet. A replica of which nothing is known takes 32 (core/balance),
  // a quick one more: searches make room before all are turned away.
  std::size_t busy_calls = 24;
  std::size_t overloaded_calls = 512;
};

class LoadBoard;

/// One for each I/O thread, used there only.
class LoadLevel {
 public:
  /// `board`, which may be null, is told of changes, and outlives this.
  explicit LoadLevel(const LoadThresholds& thresholds = {}, LoadBoard* board = nullptr)
      : thresholds_(thresholds), board_(board) {}

  /// How late a timer fired. Call it a few times in each window. What counts is the least lag of a window
  /// (as the least delay in a queue does for CoDel, RFC 8289): a stall passes, a queue stays.
  void on_lag(std::chrono::nanoseconds lag, SteadyTime now);
  /// `calls`: under way at the moment. To be asked when one ends, too.
  Load level(std::size_t calls);

 private:
  void say();

  LoadThresholds thresholds_;
  LoadBoard* board_;
  Load said_ = Load::kNormal;
  unsigned lags_ = 0;  ///< in the present window
  SteadyTime window_end_{};
  std::chrono::nanoseconds least_lag_{};
  Load by_lag_ = Load::kNormal;
  Load by_calls_ = Load::kNormal;
};

}  // namespace filmoteka::gateway
