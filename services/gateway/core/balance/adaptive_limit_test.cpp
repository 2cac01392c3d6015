#include <gateway/core/balance/adaptive_limit.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime kStart{1h};

/// Answers as many calls as the limit lets pass at once, each of them in `took`.
void round(AdaptiveLimit& limit, std::chrono::milliseconds took, SteadyTime now) {
  const auto calls = static_cast<std::size_t>(limit.value());
  for (std::size_t i = 0; i < calls; ++i) limit.answered(took, calls, now);
}

TEST(AdaptiveLimit, BeginsWithAll) {
  const AdaptiveLimit limit({});
  EXPECT_TRUE(limit.admits(511));
  EXPECT_FALSE(limit.admits(512));
}

TEST(AdaptiveLimit, LateAnswersLowerItOnceInAWhileAndNotBelowTheLeast) {
  AdaptiveLimit limit({});
  limit.answered(1ms, 1, kStart);
  for (int i = 0; i < 50; ++i) limit.answered(150ms, 50, kStart);
  EXPECT_NEAR(limit.value(), 410, 1);
  for (int i = 1; i < 100; ++i) limit.unanswered(kStart + i * 100ms);
  EXPECT_EQ(limit.value(), 8);
}

TEST(AdaptiveLimit, ReplicasThatAreSlowByNatureAreNotLate) {
  AdaptiveLimit limit({});
  for (int i = 0; i < 1'000; ++i) limit.answered(i % 2 == 0 ? 200ms : 700ms, 500, kStart + i * 200ms);
  EXPECT_EQ(limit.value(), 512);
}

TEST(AdaptiveLimit, GrowsOnlyWhileItIsInUse) {
  AdaptiveLimit limit({});
  for (int i = 0; i < 100; ++i) limit.unanswered(kStart + i * 100ms);
  for (int i = 0; i < 1'000; ++i) limit.answered(1ms, 1, kStart + 10s);
  EXPECT_EQ(limit.value(), 8);
  round(limit, 1ms, kStart + 10s);
  EXPECT_NEAR(limit.value(), 9, 0.1);
}

TEST(AdaptiveLimit, AfterAReturnItDoublesUntilSomethingIsLate) {
  AdaptiveLimit limit({});
  limit.restart();
  EXPECT_EQ(limit.value(), 16);
  round(limit, 1ms, kStart);
  round(limit, 1ms, kStart);
  EXPECT_NEAR(limit.value(), 64, 0.1);
  limit.answered(300ms, 64, kStart + 1s);
  EXPECT_NEAR(limit.value(), 51.2, 0.1);
  round(limit, 1ms, kStart + 1s);
  EXPECT_NEAR(limit.value(), 52.2, 0.1);
}

TEST(AdaptiveLimit, ForgetsTheLeastTimeAfterAMinute) {
  AdaptiveLimit limit({});
  limit.answered(1ms, 1, kStart);
  limit.answered(200ms, 1, kStart + 31s);
  const double lowered = limit.value();
  EXPECT_LT(lowered, 512);
  limit.answered(200ms, 1, kStart + 62s);
  EXPECT_EQ(limit.value(), lowered);
}

}  // namespace
}  // namespace filmoteka::gateway
