#include <gateway/core/balance/peak_ewma.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

double milliseconds_of(const PeakEwma& average, SteadyTime now) {
  return average.value(now).value() / 1e6;
}

TEST(PeakEwma, KnowsNothingAtFirst) {
  PeakEwma average;
  EXPECT_EQ(average.value(SteadyTime{}), std::nullopt);
  average.observe(3ms, SteadyTime{});
  EXPECT_DOUBLE_EQ(milliseconds_of(average, SteadyTime{}), 3);
  average.forget();
  EXPECT_EQ(average.value(SteadyTime{}), std::nullopt);
}

TEST(PeakEwma, APeakCountsAtOnceAndWearsOffSlowly) {
  PeakEwma average;
  SteadyTime now{};
  average.observe(1ms, now);
  average.observe(100ms, now);
  EXPECT_DOUBLE_EQ(milliseconds_of(average, now), 100);
  for (int i = 0; i < 10; ++i) average.observe(1ms, now += 100ms);
  EXPECT_NEAR(milliseconds_of(average, now), 82, 2);
  for (int i = 0; i < 300; ++i) average.observe(1ms, now += 100ms);
  EXPECT_NEAR(milliseconds_of(average, now), 1.2, 0.2);
}

TEST(PeakEwma, LeftAloneItIsForgiven) {
  PeakEwma average;
  average.observe(100ms, SteadyTime{});
  EXPECT_NEAR(milliseconds_of(average, SteadyTime{} + 5s), 36.8, 0.1);
  EXPECT_LT(milliseconds_of(average, SteadyTime{} + 60s), 0.01);
}

}  // namespace
}  // namespace filmoteka::gateway
