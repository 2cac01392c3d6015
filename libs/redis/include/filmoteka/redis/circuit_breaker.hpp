/// Stops asking a server that does not answer, so that its failure costs callers nothing but the answer.
/// Pure: time comes in as an argument.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

namespace filmoteka::redis {

struct CircuitBreakerSettings {
  std::size_t failures = 5;  ///< within `window`, > 0: that many open it
  std::chrono::milliseconds window{1'000};
  std::chrono::milliseconds pause{500};  ///< how long it stays open the first time; doubles with each probe
  std::chrono::milliseconds max_pause{10'000};
};

/// Closed: calls pass. Open: none does. Half-open, after the pause: one call passes, the probe; its success
/// closes the breaker, its failure opens it for twice as long. Not thread-safe: one for each I/O thread.
class CircuitBreaker {
 public:
  enum class State { kClosed, kOpen, kHalfOpen };

  /// Leave for one call. Results of calls from before the last change of state say nothing about now and are
  /// ignored: the number tells them.
  struct Permit {
    std::uint64_t generation = 0;
  };

  explicit CircuitBreaker(const CircuitBreakerSettings& settings);

  /// nullopt: do not call, take it as failed. Every permit is to be given back by one of the calls below.
  std::optional<Permit> acquire(SteadyTime now);
  void succeeded(Permit permit);
  void failed(Permit permit, SteadyTime now);
  /// The call was given up by the caller (cancelled): it says nothing, but another may probe.
  void abandoned(Permit permit);

  State state() const { return state_; }

 private:
  void open(SteadyTime now, std::chrono::milliseconds pause);
  void enter(State state);

  CircuitBreakerSettings settings_;
  State state_ = State::kClosed;
  std::uint64_t generation_ = 0;
  bool is_probing_ = false;
  std::deque<SteadyTime> failures_;  ///< at most settings_.failures
  SteadyTime open_until_{};
  std::chrono::milliseconds pause_;
};

std::string_view to_string(CircuitBreaker::State state);

}  // namespace filmoteka::redis
