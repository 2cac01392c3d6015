#include <gateway/core/balance/replica_standing.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

/// A replica that stayed in for as long has made up for what it did before.
constexpr std::chrono::seconds kForgiven{60};
constexpr double kLeastWeight = 0.1;

}  // namespace

ReplicaStanding::Change ReplicaStanding::called(CallEnd end, bool may_be_faulty, SteadyTime now) {
  if (state_ != State::kIn || end == CallEnd::kGivenUp) return Change::kNone;
  silences_ = end == CallEnd::kSilence ? silences_ + 1 : 0;
  faults_ = end == CallEnd::kAnswered ? 0 : faults_ + 1;
  if (silences_ >= settings_.silences) return go_out(State::kSilent, now);
  if (faults_ >= settings_.faults && may_be_faulty) return go_out(State::kFaulty, now);
  return Change::kNone;
}

bool ReplicaStanding::begin_probe(SteadyTime now) {
  if (is_probing_ || now < next_probe_) return false;
  is_probing_ = true;
  return true;
}

ReplicaStanding::Change ReplicaStanding::probed(CallEnd end, SteadyTime now) {
  is_probing_ = false;
  next_probe_ = std::max(next_probe_, now + settings_.probe_interval);
  if (end == CallEnd::kGivenUp) return Change::kNone;
  if (state_ == State::kIn) {
    // Its answers to clients are what it is judged by: a probe shows only whether it is there.
    silences_ = end == CallEnd::kSilence ? silences_ + 1 : 0;
    return silences_ >= settings_.silences ? go_out(State::kSilent, now) : Change::kNone;
  }
  if (end == CallEnd::kAnswered) {
    state_ = State::kIn;
    ++generation_;
    silences_ = faults_ = 0;
    back_at_ = now;
    return Change::kBack;
  }
  state_ = end == CallEnd::kFault ? State::kFaulty : State::kSilent;
  pause(now);
  return Change::kNone;
}

double ReplicaStanding::weight(SteadyTime now) const {
  if (back_at_ == SteadyTime::min()) return 1;
  const std::chrono::duration<double> since = now - back_at_;
  const std::chrono::duration<double> whole = settings_.slow_start;
  return std::clamp(since / whole, kLeastWeight, 1.0);
}

ReplicaStanding::Change ReplicaStanding::go_out(State state, SteadyTime now) {
  if (back_at_ == SteadyTime::min() || now - back_at_ > kForgiven) pause_ = {};
  state_ = state;
  ++generation_;
  pause(now);
  return Change::kOut;
}

void ReplicaStanding::pause(SteadyTime now) {
  if (state_ == State::kSilent) {
    next_probe_ = now + std::min(settings_.first_pause, settings_.probe_interval);
    return;
  }
  pause_ = std::clamp(pause_ * 2, settings_.first_pause, settings_.longest_pause);
  next_probe_ = now + pause_;
}

}  // namespace filmoteka::gateway
