#include <filmoteka/redis/circuit_breaker.hpp>

#include <algorithm>

namespace filmoteka::redis {

CircuitBreaker::CircuitBreaker(const CircuitBreakerSettings& settings)
    : settings_(settings), pause_(settings.pause) {}

std::optional<CircuitBreaker::Permit> CircuitBreaker::acquire(SteadyTime now) {
  if (state_ == State::kOpen && now >= open_until_) enter(State::kHalfOpen);
  if (state_ == State::kOpen || (state_ == State::kHalfOpen && is_probing_)) return std::nullopt;
  is_probing_ = state_ == State::kHalfOpen;
  return Permit{generation_};
}

void CircuitBreaker::succeeded(Permit permit) {
  if (permit.generation != generation_ || state_ != State::kHalfOpen) return;
  pause_ = settings_.pause;
  enter(State::kClosed);
}

void CircuitBreaker::failed(Permit permit, SteadyTime now) {
  if (permit.generation != generation_) return;
  if (state_ == State::kHalfOpen) {
    open(now, std::min(pause_ * 2, settings_.max_pause));
    return;
  }
  while (!failures_.empty() && now - failures_.front() > settings_.window) failures_.pop_front();
  failures_.push_back(now);
  if (failures_.size() >= settings_.failures) open(now, pause_);
}

void CircuitBreaker::abandoned(Permit permit) {
  if (permit.generation == generation_) is_probing_ = false;
}

void CircuitBreaker::open(SteadyTime now, std::chrono::milliseconds pause) {
  pause_ = pause;
  open_until_ = now + pause;
  enter(State::kOpen);
}

void CircuitBreaker::enter(State state) {
  state_ = state;
  ++generation_;
  is_probing_ = false;
  failures_.clear();
}

std::string_view to_string(CircuitBreaker::State state) {
  return state == CircuitBreaker::State::kClosed ? "closed"
         : state == CircuitBreaker::State::kOpen ? "open"
                                                 : "half_open";
}

}  // namespace filmoteka::redis
