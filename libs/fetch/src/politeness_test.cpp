#include <filmoteka/fetch/politeness.hpp>

#include <gtest/gtest.h>

namespace filmoteka::fetch {
namespace {

using namespace std::chrono_literals;

PolitenessSettings settings() {
  PolitenessSettings plain;
  plain.jitter = 0;
  return plain;
}

class Politeness : public ::testing::Test {
 protected:
  std::chrono::milliseconds wait(const HostPoliteness& host) const { return host.wait(clock_.steady_now()); }
  FakeClock clock_;
};

TEST_F(Politeness, AsksAnUnknownHostAtOnce) {
  EXPECT_EQ(wait(HostPoliteness(settings())), 0ms);
}

TEST_F(Politeness, PausesAtLeastTheDelayAndLongerForASlowHost) {
  HostPoliteness host(settings());
  host.finished(Verdict::kOk, {}, 100ms, clock_.steady_now(), 0);
  EXPECT_EQ(wait(host), 1'000ms);
  HostPoliteness slow(settings());
  slow.finished(Verdict::kOk, {}, 2s, clock_.steady_now(), 0);
  EXPECT_EQ(wait(slow), 6s);
  HostPoliteness frozen(settings());
  frozen.finished(Verdict::kOk, {}, 5min, clock_.steady_now(), 0);
  EXPECT_EQ(wait(frozen), 30s);
}

TEST_F(Politeness, HonoursTheCrawlDelayUpToABound) {
  HostPoliteness host(settings());
  host.set_crawl_delay(20s);
  host.finished(Verdict::kOk, {}, 1ms, clock_.steady_now(), 0);
  EXPECT_EQ(wait(host), 20s);
  host.set_crawl_delay(2h);
  host.finished(Verdict::kOk, {}, 1ms, clock_.steady_now(), 0);
  EXPECT_EQ(wait(host), 5min);
}

TEST_F(Politeness, StretchesPausesByChance) {
  auto jittered = settings();
  jittered.jitter = 0.2;
  HostPoliteness host(jittered);
  host.finished(Verdict::kOk, {}, 1ms, clock_.steady_now(), 0.5);
  EXPECT_EQ(wait(host), 1'100ms);
}

TEST_F(Politeness, BacksOffTwiceAsLongAfterEachFailureAndForgetsAfterASuccess) {
  HostPoliteness host(settings());
  for (const auto expected : {5s, 10s, 20s, 40s}) {
    host.finished(Verdict::kServerError, {}, 1ms, clock_.steady_now(), 0);
    EXPECT_EQ(wait(host), expected);
  }
  host.finished(Verdict::kOk, {}, 1ms, clock_.steady_now(), 0);
  EXPECT_EQ(wait(host), 1s);
  EXPECT_EQ(host.failures(), 0);
}

TEST_F(Politeness, DoesWhatTheHostAsksButNotSoonerThanItsPause) {
  HostPoliteness host(settings());
  host.finished(Verdict::kRateLimited, 40s, 1ms, clock_.steady_now(), 0);
  EXPECT_EQ(wait(host), 40s);
  host.finished(Verdict::kRateLimited, 0s, 1ms, clock_.steady_now(), 0);
  EXPECT_EQ(wait(host), 1s);
}

TEST_F(Politeness, BreaksOffForLongOnceBlocked) {
  HostPoliteness host(settings());
  host.finished(Verdict::kBlocked, {}, 1ms, clock_.steady_now(), 0);
  EXPECT_TRUE(host.is_blocked(clock_.steady_now()));
  EXPECT_EQ(wait(host), 15min);
  clock_.advance(15min);
  EXPECT_FALSE(host.is_blocked(clock_.steady_now()));
  for (int i = 0; i < 20; ++i) host.finished(Verdict::kBlocked, {}, 1ms, clock_.steady_now(), 0);
  EXPECT_EQ(wait(host), 24h);
}

TEST_F(Politeness, DoesNotBlameTheHostForOurStop) {
  HostPoliteness host(settings());
  host.finished(Verdict::kCancelled, {}, 1ms, clock_.steady_now(), 0);
  EXPECT_EQ(host.failures(), 0);
}

TEST(Backoff, IsBoundedWhateverTheNumberOfFailures) {
  EXPECT_EQ(backoff(0, 1s, 1h, 0, 0), 0ms);
  EXPECT_EQ(backoff(1, 1s, 1h, 0, 0), 1s);
  EXPECT_EQ(backoff(5, 1s, 1h, 0, 0), 16s);
  EXPECT_EQ(backoff(2'000'000'000, 1s, 1h, 0, 0), 1h);
  EXPECT_EQ(backoff(1, 1s, 1h, 0.5, 0.5), 1'250ms);
}

}  // namespace
}  // namespace filmoteka::fetch
