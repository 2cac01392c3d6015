#include <gateway/core/limits/load_level.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

/// A timer that is to fire every 50 ms.
struct Timer {
  void run(std::chrono::milliseconds span, std::chrono::nanoseconds lag) {
    for (const SteadyTime end = now + span; now < end;) {
      now += 50ms + lag;
      load.on_lag(lag, now);
    }
  }
  LoadLevel load;
  SteadyTime now{1h};
};

TEST(LoadLevel, FollowsLagThatStays) {
  Timer timer;
  timer.run(5s, 2ms);
  EXPECT_EQ(timer.load.level(0), Load::kNormal);
  timer.run(3s, 120ms);
  EXPECT_EQ(timer.load.level(0), Load::kBusy);
  timer.run(3s, 60ms);
  EXPECT_EQ(timer.load.level(0), Load::kBusy) << "it is left at half the threshold only";
  timer.run(4s, 500ms);
  EXPECT_EQ(timer.load.level(0), Load::kOverloaded);
  timer.run(4s, 250ms);
  EXPECT_EQ(timer.load.level(0), Load::kOverloaded);
  timer.run(4s, 150ms);
  EXPECT_EQ(timer.load.level(0), Load::kBusy);
  timer.run(3s, 10ms);
  EXPECT_EQ(timer.load.level(0), Load::kNormal);
}

TEST(LoadLevel, StallsThatPassAreNoLoad) {
  Timer timer;
  for (int i = 0; i < 20; ++i) {
    timer.run(50ms, 3s);
    EXPECT_EQ(timer.load.level(0), Load::kNormal);
    timer.run(1s, 1ms);
    EXPECT_EQ(timer.load.level(0), Load::kNormal);
  }
}

TEST(LoadLevel, FollowsTheCallsUnderWayAtOnce) {
  LoadLevel load;
  EXPECT_EQ(load.level(23), Load::kNormal);
  EXPECT_EQ(load.level(24), Load::kBusy);
  EXPECT_EQ(load.level(12), Load::kBusy);
  EXPECT_EQ(load.level(11), Load::kNormal);
  EXPECT_EQ(load.level(600), Load::kOverloaded);
  EXPECT_EQ(load.level(256), Load::kOverloaded);
  EXPECT_EQ(load.level(255), Load::kBusy);
  EXPECT_EQ(load.level(0), Load::kNormal);
}

TEST(LoadLevel, IsTheWorseOfTheTwo) {
  Timer timer;
  timer.run(3s, 120ms);
  EXPECT_EQ(timer.load.level(600), Load::kOverloaded);
  EXPECT_EQ(timer.load.level(0), Load::kBusy);
}

}  // namespace
}  // namespace filmoteka::gateway
