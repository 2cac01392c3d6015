#include <gateway/core/balance/patience.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

void observe(Patience& patience, int times, std::chrono::nanoseconds took) {
  for (int i = 0; i < times; ++i) patience.observe(took);
}

TEST(Patience, HasABeginningUntilEnoughIsKnown) {
  Patience patience({});
  observe(patience, 99, 1ms);
  EXPECT_EQ(patience.value(), 1'000ms);
  patience.observe(1ms);
  EXPECT_EQ(patience.value(), 250ms);
}

TEST(Patience, IsThreeTimesWhatNearlyAllCallsTake) {
  Patience patience({});
  observe(patience, 980, 1ms);
  observe(patience, 20, 200ms);
  EXPECT_NEAR(static_cast<double>(patience.value().count()), 600, 150);
}

TEST(Patience, OneOfAThousandDoesNotMoveIt) {
  Patience patience({});
  observe(patience, 999, 1ms);
  patience.observe(30s);
  EXPECT_EQ(patience.value(), 250ms);
}

TEST(Patience, HasAnEndAndGrowsIfEverythingBecomesSlow) {
  Patience patience({});
  observe(patience, 3'000, 1ms);
  observe(patience, 3'000, 250ms);
  EXPECT_GT(patience.value(), 700ms);
  observe(patience, 6'000, 10min);
  EXPECT_EQ(patience.value(), 2'500ms);
}

TEST(Patience, ForgetsWhatWasLongAgo) {
  Patience patience({});
  observe(patience, 1'000, 900ms);
  EXPECT_EQ(patience.value(), 2'500ms);
  observe(patience, 40'000, 1ms);
  EXPECT_EQ(patience.value(), 250ms);
}

TEST(Patience, AShortTimeForTheWholeCallBoundsAllOfIt) {
  const Patience patience({.most = 100ms});
  EXPECT_EQ(patience.value(), 100ms);
}

}  // namespace
}  // namespace filmoteka::gateway
