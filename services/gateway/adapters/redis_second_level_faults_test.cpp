/// Redis is away, slow, frozen, or no Redis at all: a miss, at once or in time.
#include <filmoteka/testing/loopback.hpp>
#include <filmoteka/testing/redis_server.hpp>

#include <gateway/testing/running_second_level.hpp>
#include <gtest/gtest.h>

#include <string>

namespace filmoteka::gateway {
namespace {

using testing::RawServer;
using testing::RawSocket;
using testing::RedisServer;
using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

/// What a lookup may take beyond its deadline on a machine that is busy.
constexpr auto kBusy = 2s;

RedisSecondLevelSettings settings_for(const std::string& url, std::chrono::milliseconds timeout) {
  return {.endpoint = redis::parse_endpoint(url).value(), .timeout = timeout, .prefix = "test:"};
}

Task<void> expect_misses(RunningSecondLevel& on, int count) {
  for (int i = 0; i < count; ++i) {
    const auto start = SteadyClock::now();
    auto getting = on.get("/a");
    EXPECT_EQ(co_await std::move(getting), std::nullopt);
    EXPECT_LT(SteadyClock::now() - start, 10ms + kBusy);
  }
}

TEST(RedisSecondLevelFaults, nobody_is_there) {
  std::string url;
  {
    RedisServer gone;
    url = gone.url();
  }
  RunningSecondLevel running(settings_for(url, 10ms));
  running.run([](RunningSecondLevel& on) -> Task<void> {
    auto missing = expect_misses(on, 1'000);
    co_await std::move(missing);
    auto putting = on.put("/a", "text");
    co_await std::move(putting);
    EXPECT_EQ(on.lookups("error"), 1'000);
    EXPECT_EQ(on.writes("dropped"), 1) << "who could not be asked is not told";
    EXPECT_NE(on.level().describe(), "ok");
  });
}

TEST(RedisSecondLevelFaults, a_killed_redis_is_a_miss_and_of_use_again_when_it_is_back) {
  RedisServer server;
  RunningSecondLevel running(settings_for(server.url(), 5s));
  running.run([&server](RunningSecondLevel& on) -> Task<void> {
    auto putting = on.put("/a", "text");
    co_await std::move(putting);
    server.kill();
    auto missing = expect_misses(on, 100);
    co_await std::move(missing);
    server.start();
    const auto back = SteadyClock::now();
    for (bool written = false; !written && SteadyClock::now() - back < 2s + kBusy;) {
      auto looking = on.get("/a");
      co_await std::move(looking);
      auto again = on.put("/a", "text");
      co_await std::move(again);
      written = on.writes("written") > 1;
      auto turn = sleep_for(1ms);
      co_await std::move(turn);
    }
    auto finding = on.found_within("/a", 1s);
    EXPECT_TRUE(co_await std::move(finding)) << "recovery takes two seconds at most";
  });
}

TEST(RedisSecondLevelFaults, a_frozen_redis_costs_its_deadline_a_few_times_and_then_nothing) {
  RedisServer server;
  RunningSecondLevel running(settings_for(server.url(), 10ms));
  running.run([&server](RunningSecondLevel& on) -> Task<void> {
    on.level().put("/a", "text", 60s);
    auto finding = on.found_within("/a", 20s);
    EXPECT_TRUE(co_await std::move(finding));
    server.pause();
    const auto start = SteadyClock::now();
    auto missing = expect_misses(on, 2'000);
    co_await std::move(missing);
    EXPECT_LT(SteadyClock::now() - start, 5s) << "2,000 deadlines would be 20 s";
    server.resume();
    auto again = on.found_within("/a", 2s + kBusy);
    EXPECT_TRUE(co_await std::move(again)) << "what it held is found again";
  });
}

TEST(RedisSecondLevelFaults, what_waits_for_a_frozen_redis_is_bounded) {
  RedisServer server;
  RunningSecondLevel running(settings_for(server.url(), 5s));
  running.run([&server](RunningSecondLevel& on) -> Task<void> {
    server.pause();
    for (int i = 0; i < 100; ++i) on.level().put("/" + std::to_string(i), "text", 60s);
    EXPECT_EQ(on.writes("dropped"), 100 - 64);
    server.resume();
    // Until there is room again: a write ends a little after it is counted as written.
    double dropped = 0;
    do {
      auto turn = sleep_for(1ms);
      co_await std::move(turn);
      dropped = on.writes("dropped");
      on.level().put("/again", "text", 60s);
    } while (on.writes("dropped") != dropped || on.writes("written") < 64);
    for (int i = 0; i < 10; ++i) on.level().put("/" + std::to_string(i), std::string(1 << 20, 'x'), 60s);
    EXPECT_EQ(on.writes("dropped"), dropped + 3) << "8 MiB with their keys";
  });
}

TEST(RedisSecondLevelFaults, garbage_instead_of_answers_is_a_miss) {
  for (const std::string garbage :
       {"HTTP/1.1 200 OK\r\n\r\n", "$5\r\nab", "*999999999\r\n", "$99999999999\r\nx", ":1\r\n", "+OK\r\n",
        "*1\r\n$1\r\nx\r\n", "$7\r\ngarbage\r\n"}) {
    RawServer server(
        [&garbage](const std::string&, RawSocket& connection) {
          connection.send("+PONG\r\n");
          while (!connection.read_until("\r\n", 100ms).empty() && connection.send(garbage)) continue;
        },
        "PING\r\n");
    RunningSecondLevel running(settings_for("redis://127.0.0.1:" + std::to_string(server.port()), 10ms));
    running.run([&garbage](RunningSecondLevel& on) -> Task<void> {
      auto missing = expect_misses(on, 20);
      co_await std::move(missing);
      EXPECT_EQ(on.lookups("hit"), 0) << garbage;
      EXPECT_EQ(on.lookups("error") + on.lookups("unusable"), 20) << garbage;
    });
  }
}

TEST(RedisSecondLevelFaults, an_answer_that_comes_late_is_a_miss_and_belongs_to_nobody) {
  // Each command is answered when the next one has come, or its caller has gone: always too late.
  RawServer server(
      [](const std::string&, RawSocket& connection) {
        connection.send("+PONG\r\n");
        connection.read_until("\r\n");
        connection.closed_within(10s);
        connection.send("$4\r\nlate\r\n");
      },
      "PING\r\n");
  RunningSecondLevel running(settings_for("redis://127.0.0.1:" + std::to_string(server.port()), 10ms));
  running.run([](RunningSecondLevel& on) -> Task<void> {
    auto missing = expect_misses(on, 50);
    co_await std::move(missing);
    EXPECT_EQ(on.lookups("error"), 50);
  });
}

TEST(RedisSecondLevelFaults, ends_while_writes_and_reads_are_under_way) {
  RedisServer server;
  RunningSecondLevel running(settings_for(server.url(), 60s));
  running.run([&server](RunningSecondLevel& on) -> Task<void> {
    server.pause();
    for (int i = 0; i < 20; ++i) on.level().put("/" + std::to_string(i), std::string(10'000, 'x'), 60s);
    TaskGroup readers(co_await asio::this_coro::executor);
    auto read = [](RunningSecondLevel& from) -> Task<void> {
      auto getting = from.get("/a");
      co_await std::move(getting);
    };
    for (int i = 0; i < 10; ++i) readers.spawn(read(on));
    readers.cancel();
    auto ended = readers.join();
    co_await std::move(ended);
  });
}

}  // namespace
}  // namespace filmoteka::gateway
