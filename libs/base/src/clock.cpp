#include <filmoteka/base/clock.hpp>

namespace filmoteka {

const SystemClock& SystemClock::instance() {
  static const SystemClock clock;
  return clock;
}
Timestamp SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}
SteadyTime SystemClock::steady_now() const {
  return std::chrono::steady_clock::now();
}

FakeClock::FakeClock(Timestamp start) : milliseconds_(start.time_since_epoch().count()) {}
Timestamp FakeClock::now() const {
  return Timestamp{std::chrono::milliseconds{milliseconds_.load()}};
}
SteadyTime FakeClock::steady_now() const {
  return SteadyTime{std::chrono::milliseconds{milliseconds_.load()}};
}
void FakeClock::advance(std::chrono::milliseconds by) {
  milliseconds_ += by.count();
}

}  // namespace filmoteka
