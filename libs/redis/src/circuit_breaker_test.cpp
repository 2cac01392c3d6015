#include <filmoteka/redis/circuit_breaker.hpp>

#include <gtest/gtest.h>

namespace filmoteka::redis {
namespace {

using std::chrono::milliseconds;
using State = CircuitBreaker::State;

class CircuitBreakerTest : public testing::Test {
 protected:
  bool call(bool works) {
    const auto permit = breaker.acquire(clock.steady_now());
    if (!permit) return false;
    works ? breaker.succeeded(*permit) : breaker.failed(*permit, clock.steady_now());
    return true;
  }
  void open() {
    for (int i = 0; i < 3; ++i) call(false);
    ASSERT_EQ(breaker.state(), State::kOpen);
  }

  FakeClock clock;
  CircuitBreaker breaker{{.failures = 3,
                          .window = milliseconds{1'000},
                          .pause = milliseconds{500},
                          .max_pause = milliseconds{1'500}}};
};

TEST_F(CircuitBreakerTest, opens_after_failures_within_the_window) {
  call(false);
  call(false);
  EXPECT_EQ(breaker.state(), State::kClosed);
  call(false);
  EXPECT_EQ(breaker.state(), State::kOpen);
  EXPECT_FALSE(call(true));
}

TEST_F(CircuitBreakerTest, forgets_failures_older_than_the_window) {
  call(false);
  call(false);
  clock.advance(milliseconds{1'001});
  call(false);
  call(false);
  EXPECT_EQ(breaker.state(), State::kClosed);
}

TEST_F(CircuitBreakerTest, lets_one_probe_through_after_the_pause) {
  open();
  clock.advance(milliseconds{499});
  EXPECT_FALSE(breaker.acquire(clock.steady_now()));
  clock.advance(milliseconds{1});
  const auto probe = breaker.acquire(clock.steady_now());
  ASSERT_TRUE(probe);
  EXPECT_FALSE(breaker.acquire(clock.steady_now()));
  breaker.succeeded(*probe);
  EXPECT_EQ(breaker.state(), State::kClosed);
  EXPECT_TRUE(call(true));
}

TEST_F(CircuitBreakerTest, doubles_the_pause_up_to_its_limit_and_starts_anew_after_success) {
  open();
  for (const int pause : {500, 1'000, 1'500, 1'500}) {
    clock.advance(milliseconds{pause - 1});
    EXPECT_FALSE(call(false)) << pause;
    clock.advance(milliseconds{1});
    EXPECT_TRUE(call(false)) << pause;
  }
  clock.advance(milliseconds{1'500});
  EXPECT_TRUE(call(true));
  open();
  clock.advance(milliseconds{500});
  EXPECT_TRUE(call(true));
}

TEST_F(CircuitBreakerTest, ignores_results_of_calls_from_before) {
  const auto slow_success = breaker.acquire(clock.steady_now());
  const auto slow_failure = breaker.acquire(clock.steady_now());
  open();
  clock.advance(milliseconds{500});
  const auto probe = breaker.acquire(clock.steady_now());
  ASSERT_TRUE(slow_success && slow_failure && probe);
  breaker.succeeded(*slow_success);
  breaker.failed(*slow_failure, clock.steady_now());
  EXPECT_EQ(breaker.state(), State::kHalfOpen);
  breaker.succeeded(*probe);
  EXPECT_EQ(breaker.state(), State::kClosed);
}

TEST_F(CircuitBreakerTest, lets_another_probe_when_the_first_was_abandoned) {
  open();
  clock.advance(milliseconds{500});
  const auto probe = breaker.acquire(clock.steady_now());
  ASSERT_TRUE(probe);
  breaker.abandoned(*probe);
  EXPECT_TRUE(call(true));
  EXPECT_EQ(breaker.state(), State::kClosed);
}

}  // namespace
}  // namespace filmoteka::redis
