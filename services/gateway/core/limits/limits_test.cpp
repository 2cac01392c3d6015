#include <gateway/core/limits/limits.hpp>
#include <gtest/gtest.h>

#include <chrono>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kSlots = 1 << 10;
constexpr RouteClass kClass = RouteClass::kViews;

Address address(std::string_view text) {
  return Address::parse(text).value();
}

struct Scene {
  explicit Scene(std::uint32_t views = 6) : limits({true, 6'000, 1'200, 600, views}, kSlots, {1, 2}) {}
  LimitVerdict ask(std::string_view client = "192.0.2.1", RouteClass route_class = kClass) {
    return limits.check(address(client), route_class, now).verdict;
  }

  Limits limits;
  SteadyTime now{1h};
};

TEST(Limits, OtherQuotasCountFromNowOnAndDebtsStay) {
  Scene scene;
  for (int i = 0; i < 6; ++i) scene.ask();
  EXPECT_FALSE(scene.ask().allowed);
  scene.limits.adopt({true, 6'000, 1'200, 600, 60});
  EXPECT_FALSE(scene.ask().allowed) << "the minute that is owed is owed";
  scene.now += 2s;
  EXPECT_TRUE(scene.ask().allowed) << "a request costs a second now";
  EXPECT_TRUE(scene.ask("192.0.2.2").remaining == 59U);
  EXPECT_EQ(scene.limits.policy(kClass), "\"views\";q=60;w=60");
}

TEST(Limits, SayWhatIsLeftAndWhenItIsBack) {
  Scene scene;
  for (std::uint32_t left = 6; left-- > 0;) {
    const LimitVerdict verdict = scene.ask();
    EXPECT_TRUE(verdict.allowed);
    EXPECT_EQ(verdict.remaining, left);
    EXPECT_EQ(verdict.seconds, 10 * (6 - left));
  }
  const LimitVerdict refused = scene.ask();
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.remaining, 0U);
  EXPECT_EQ(refused.seconds, 10U);
}

TEST(Limits, WhoWaitsAsLongAsToldIsLetIn) {
  for (const std::uint32_t quota : {1U, 6U, 7U, 59U, 60U, 121U, 1'000U}) {
    Scene scene(quota);
    scene.now += 123'456'789ns;
    while (scene.ask().allowed) scene.now += 1'234'567ns;
    for (int i = 0; i < 20; ++i) {
      const LimitVerdict refused = scene.ask();
      if (refused.allowed) continue;
      scene.now += std::chrono::seconds(refused.seconds);
      EXPECT_TRUE(scene.ask().allowed) << quota;
    }
  }
}

TEST(Limits, CountEachClientAndEachClassApart) {
  Scene scene(1);
  EXPECT_TRUE(scene.ask("192.0.2.1").allowed);
  EXPECT_FALSE(scene.ask("192.0.2.1").allowed);
  EXPECT_FALSE(scene.ask("::ffff:192.0.2.1").allowed);
  EXPECT_TRUE(scene.ask("192.0.2.2").allowed);
  EXPECT_TRUE(scene.ask("192.0.2.1", RouteClass::kApi).allowed);
  EXPECT_TRUE(scene.ask("2001:db8:0:1::1").allowed);
  EXPECT_FALSE(scene.ask("2001:db8:0:1:ffff::2").allowed) << "another address of the same customer";
  EXPECT_TRUE(scene.ask("2001:db8:0:2::1").allowed);
}

TEST(Limits, AreDividedAmongThoseWhoCountApart) {
  Scene scene(6);
  scene.limits.set_sharers(3);
  EXPECT_EQ(scene.ask().remaining, 1U);
  EXPECT_EQ(scene.ask().remaining, 0U);
  EXPECT_FALSE(scene.ask().allowed);
  scene.limits.set_sharers(100);
  EXPECT_TRUE(scene.ask("192.0.2.9").allowed);
  EXPECT_FALSE(scene.ask("192.0.2.9").allowed);
}

TEST(Limits, LearnWhatOthersHaveCounted) {
  Scene scene(6);
  EXPECT_EQ(scene.ask().remaining, 5U);
  scene.limits.learn(address("192.0.2.1"), kClass, 45s, scene.now);
  EXPECT_EQ(scene.ask().remaining, 0U);
  EXPECT_FALSE(scene.ask().allowed);
}

TEST(Limits, ReportsAddUpToWhatWasAsked) {
  Scene scene;
  std::uint32_t reported = 0;
  for (int i = 0; i < 6'000; ++i) {
    const auto checked = scene.limits.check(address("192.0.2.1"), RouteClass::kCached, scene.now);
    ASSERT_TRUE(checked.verdict.allowed);
    if (checked.to_report != 0) ++reported;
    EXPECT_TRUE(checked.to_report == 0 || checked.to_report == 60);
  }
  EXPECT_NEAR(reported, 100, 1);
}

TEST(Limits, NameTheirPolicies) {
  const Scene scene;
  EXPECT_EQ(scene.limits.policy(RouteClass::kApi), "\"api\";q=1200;w=60");
  EXPECT_EQ(scene.limits.policy(RouteClass::kViews), "\"views\";q=6;w=60");
}

}  // namespace
}  // namespace filmoteka::gateway
