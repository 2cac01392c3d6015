/// Gateways that count together through a real Redis.
#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/testing/redis_server.hpp>
#include <filmoteka/testing/run.hpp>
#include <filmoteka/testing/then_cancel.hpp>

#include <gateway/adapters/redis_limits.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr std::uint32_t kQuota = 6;  // one in ten seconds: the machine may be busy
constexpr RouteClass kClass = RouteClass::kViews;
const Address kClient = Address::parse("192.0.2.1").value();

redis::ClientSettings client_settings(const testing::RedisServer& server) {
  redis::ClientSettings settings;
  settings.endpoint = redis::parse_endpoint(server.url()).value();
  settings.command_timeout = 5s;  // the machine may be busy: not what is tested
  settings.connect_timeout = 5s;
  settings.backoff = {1ms, 5ms};
  settings.breaker.pause = 1ms;
  settings.breaker.max_pause = 5ms;
  return settings;
}

/// One gateway's limits.
struct Gateway {
  Gateway(redis::Client& client, telemetry::Metrics& metrics, std::chrono::milliseconds take_deadline)
      : shared(client, limits, clock, metrics, {take_deadline, 1ms, 10ms}) {}

  /// As a handler does: here first, then together.
  Task<LimitVerdict> ask() {
    LimitVerdict verdict = limits.check(kClient, kClass, clock.steady_now()).verdict;
    if (!verdict.allowed) co_return verdict;
    auto taking = shared.take(kClient, kClass);
    co_return (co_await std::move(taking)).value_or(verdict);
  }

  FakeClock clock;
  Limits limits{{true, 6'000, 1'200, 600, kQuota}, 1 << 10, {1, 2}};
  RedisLimits shared;
};

/// Runs a test with two gateways and their background work.
class Scene {
 public:
  using Test = std::function<Task<void>(Gateway&, Gateway&)>;

  explicit Scene(std::chrono::milliseconds take_deadline = 5s) : take_deadline_(take_deadline) {}
  void run(const Test& test) { runtime_.run(main(test)); }
  testing::RedisServer& server() { return server_; }
  std::string metrics() const { return metrics_.render(); }

 private:
  Task<void> main(const Test& test) {
    redis::Client client(runtime_, client_settings(server_), metrics_,
                         telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "redis"));
    Gateway a(client, metrics_, take_deadline_);
    Gateway b(client, metrics_, take_deadline_);
    TaskGroup group(co_await asio::this_coro::executor);
    group.spawn(client.run());
    group.spawn(a.shared.run());
    group.spawn(b.shared.run());
    auto running = testing::then_cancel(group, test(a, b));
    co_await std::move(running);
  }

  std::chrono::milliseconds take_deadline_;
  testing::RedisServer server_;
  Runtime runtime_{1};
  telemetry::Metrics metrics_;
};

Task<void> wait_until(std::function<bool()> condition) {
  for (int i = 0; i < 10'000 && !condition(); ++i) {
    auto pause = sleep_for(1ms);
    co_await std::move(pause);
  }
}

Task<int> allowed_of(Gateway& a, Gateway& b, int requests) {
  int allowed = 0;
  for (int i = 0; i < requests; ++i) {
    auto asking = (i % 2 == 0 ? a : b).ask();
    allowed += (co_await std::move(asking)).allowed;
  }
  co_return allowed;
}

TEST(RedisLimits, TwoGatewaysTogetherLetTheQuotaPass) {
  Scene scene;
  scene.run([](Gateway& a, Gateway& b) -> Task<void> {
    auto asking = allowed_of(a, b, 60);
    EXPECT_EQ(co_await std::move(asking), static_cast<int>(kQuota));
    auto refused_by_a = a.ask();
    const LimitVerdict refused = co_await std::move(refused_by_a);
    EXPECT_FALSE(refused.allowed);
    EXPECT_GE(refused.seconds, 1U);
    EXPECT_LE(refused.seconds, 10U);
  });
  EXPECT_THAT(scene.metrics(), HasSubstr("filmoteka_gateway_limit_calls_total{result=\"failed\"} 0"));
}

Task<void> ask_once(Gateway& gateway, int& allowed) {
  auto asking = gateway.ask();
  allowed += (co_await std::move(asking)).allowed;
}

TEST(RedisLimits, NoRaceLetsMorePass) {
  Scene scene;
  scene.run([](Gateway& a, Gateway& b) -> Task<void> {
    TaskGroup group(co_await asio::this_coro::executor);
    int allowed = 0;
    for (int i = 0; i < 15; ++i) {
      group.spawn(ask_once(a, allowed));
      group.spawn(ask_once(b, allowed));
    }
    auto ended = group.join();
    co_await std::move(ended);
    EXPECT_EQ(allowed, static_cast<int>(kQuota));
  });
}

TEST(RedisLimits, TheHashIsThatOfTheScript) {
  Scene scene;
  scene.run([&scene](Gateway& a, Gateway& b) -> Task<void> {
    auto asking = allowed_of(a, b, 4);
    EXPECT_EQ(co_await std::move(asking), 4);
    // Had it been another, each call would have been sent a second time as text.
    const std::string statistics = scene.server().execute({"INFO", "commandstats"});
    EXPECT_THAT(statistics, HasSubstr("cmdstat_evalsha:calls=4"));
    EXPECT_THAT(statistics, HasSubstr("failed_calls=1"));
  });
}

TEST(RedisLimits, WhatIsReportedIsCountedByTheOthers) {
  Scene scene;
  scene.run([](Gateway& a, Gateway& b) -> Task<void> {
    a.shared.report(kClient, kClass, 30);
    auto told =
        wait_until([&] { return !a.limits.check(kClient, kClass, a.clock.steady_now()).verdict.allowed; });
    co_await std::move(told);
    auto asking = b.ask();
    EXPECT_FALSE((co_await std::move(asking)).allowed) << "30 were answered, 6 is the quota";
  });
}

TEST(RedisLimits, WithoutRedisEachGivesItsPartAndTogetherAgainAfterwards) {
  Scene scene;
  scene.run([&scene](Gateway& a, Gateway& b) -> Task<void> {
    auto present = wait_until([&] { return a.shared.replicas() == 2 && b.shared.replicas() == 2; });
    co_await std::move(present);
    scene.server().kill();
    auto alone = wait_until([&] { return a.limits.sharers() == 2 && b.limits.sharers() == 2; });
    co_await std::move(alone);
    auto asking = allowed_of(a, b, 60);
    EXPECT_EQ(co_await std::move(asking), static_cast<int>(kQuota));
    scene.server().start();
    auto together = wait_until([&] { return a.limits.sharers() == 1 && b.limits.sharers() == 1; });
    co_await std::move(together);
  });
}

TEST(RedisLimits, AFrozenRedisHoldsNoRequestUp) {
  Scene scene(10ms);
  scene.run([&scene](Gateway& a, Gateway&) -> Task<void> {
    auto asking = a.ask();
    EXPECT_TRUE((co_await std::move(asking)).allowed);
    scene.server().pause();
    auto frozen = a.ask();
    EXPECT_TRUE((co_await std::move(frozen)).allowed);
    scene.server().resume();
  });
}

TEST(RedisLimits, EntriesGoWhenNothingIsOwed) {
  Scene scene;
  scene.run([&scene](Gateway& a, Gateway&) -> Task<void> {
    auto asking = a.ask();
    EXPECT_TRUE((co_await std::move(asking)).allowed);
    const std::string key = "filmoteka:limit:views:00000000000000000000ffffc0000201";
    const int left = std::stoi(scene.server().execute({"PTTL", key}));
    EXPECT_GT(left, 0);
    EXPECT_LE(left, 10'000);
    // A clock that was set back by a year, or what is no number, locks nobody out.
    scene.server().execute({"SET", key, "99999999999999999"});
    auto soon = a.shared.take(kClient, kClass);
    EXPECT_LE((co_await std::move(soon)).value().seconds, 123U);
    scene.server().execute({"SET", key, "what"});
    auto now = a.shared.take(kClient, kClass);
    EXPECT_TRUE((co_await std::move(now)).value().allowed);
  });
}

}  // namespace
}  // namespace filmoteka::gateway
