/// Whether a replica is asked: its circuit breaker, ejection and slow start in one.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <chrono>
#include <cstdint>

namespace filmoteka::gateway {

struct ReplicaStandingSettings {
  unsigned silences = 3;  ///< in a row: it is out
  unsigned faults = 5;    ///< in a row, silences among them
  std::chrono::milliseconds probe_interval{1'000};
  std::chrono::milliseconds first_pause{500};  ///< before a faulty one is probed; doubles each time
  std::chrono::milliseconds longest_pause{30'000};
  std::chrono::milliseconds slow_start{5'000};
};

enum class CallEnd : std::uint8_t {
  kAnswered,
  kFault,    ///< an answer of 5xx
  kSilence,  ///< no connection, a broken one, no answer in time, or something that is not HTTP
  kGivenUp   ///< by the caller: says nothing
};

/// In: asked. Silent: nobody is there, so asking costs time and gives nothing. Faulty: it answers, with
/// faults. Who is out comes back by a probe, at once if it was silent, after a pause that grows if it was
/// faulty (its probes may well succeed), and is asked little in the beginning. Pure; not thread-safe.
class ReplicaStanding {
 public:
  enum class State : std::uint8_t { kIn, kFaulty, kSilent };
  enum class Change : std::uint8_t { kNone, kOut, kBack };

  ReplicaStanding(const ReplicaStandingSettings& settings, SteadyTime now)
      : settings_(settings), next_probe_(now) {}

  /// How a call has ended that began in the present generation. `may_be_faulty`: whether it may be put out
  /// for answers that it does give.
  Change called(CallEnd end, bool may_be_faulty, SteadyTime now);
  /// True: send a probe now, and tell probed() about it.
  bool begin_probe(SteadyTime now);
  Change probed(CallEnd end, SteadyTime now);
  /// It is new among others that have work: slow start.
  void begin_slowly(SteadyTime now) { back_at_ = now; }

  State state() const { return state_; }
  /// Grows when it goes out and when it comes back: calls from before say nothing about now.
  std::uint64_t generation() const { return generation_; }
  /// 0.1 … 1: its share of what it would be asked.
  double weight(SteadyTime now) const;

 private:
  Change go_out(State state, SteadyTime now);
  void pause(SteadyTime now);

  ReplicaStandingSettings settings_;
  State state_ = State::kIn;
  std::uint64_t generation_ = 0;
  unsigned silences_ = 0;
  unsigned faults_ = 0;
  std::chrono::milliseconds pause_{0};  ///< the last one of a faulty replica
  SteadyTime next_probe_;
  bool is_probing_ = false;
  SteadyTime back_at_ = SteadyTime::min();
};

}  // namespace filmoteka::gateway
