/// Redis is slow, broken or no Redis at all.
#include "testing/with_client.hpp"

#include <filmoteka/async/event.hpp>
#include <filmoteka/testing/loopback.hpp>
#include <filmoteka/testing/redis_server.hpp>

#include <gtest/gtest.h>

namespace filmoteka::redis {
namespace {

using filmoteka::testing::RawServer;
using filmoteka::testing::RawSocket;
using filmoteka::testing::RedisServer;
using testing::ask;
using testing::settings_for;
using testing::with_client;
using testing::WithClient;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr const char* kPing = "PING\r\n";  // ends the greeting

ClientSettings settings_for(const RawServer& server) {
  return settings_for("redis://127.0.0.1:" + std::to_string(server.port()));
}

Task<ErrorCode> failure_of(Client& client, std::string word) {
  auto asking = ask(client, Commands({"ECHO", word}));
  const Result<Reply> reply = co_await std::move(asking);
  EXPECT_TRUE(reply.has_error());
  co_return reply.has_error() ? reply.error().code : ErrorCode::kInternal;
}

TEST(RedisClientFaults, a_paused_redis_costs_the_deadline_and_no_more) {
  RedisServer server;
  ClientSettings settings = settings_for(server.url());
  settings.command_timeout = 50ms;
  settings.breaker.failures = 1'000;
  with_client(settings, [&server](Client& client) -> Task<void> {
    server.pause();
    const auto start = Clock::now();
    constexpr int kCalls = 3;
    for (int i = 0; i < kCalls; ++i) {
      auto failing = failure_of(client, "x");
      EXPECT_EQ(co_await std::move(failing), ErrorCode::kDeadlineExceeded);
    }
    const auto took = Clock::now() - start;
    EXPECT_GE(took, kCalls * 50ms);
    EXPECT_LT(took, kCalls * 50ms + 2s) << "beyond its deadline (the machine may be busy)";
    server.resume();
    // What the paused server still answers belongs to nobody.
    for (int i = 0; i < 100; ++i) {
      auto asking = ask(client, Commands({"ECHO", std::to_string(i)}));
      const Result<Reply> reply = co_await std::move(asking);
      EXPECT_TRUE(reply.has_error() || reply.value().text == std::to_string(i)) << i;
    }
  });
}

TEST(RedisClientFaults, the_breaker_opens_and_closes) {
  RedisServer server;
  ClientSettings settings = settings_for(server.url());
  settings.command_timeout = 20ms;
  settings.breaker = {.failures = 3, .window = 60s, .pause = 100ms, .max_pause = 100ms};
  WithClient whole(settings);
  whole.run([&](Client& client) -> Task<void> {
    server.pause();
    for (int i = 0; i < 3; ++i) {
      auto failing = failure_of(client, "x");
      EXPECT_EQ(co_await std::move(failing), ErrorCode::kDeadlineExceeded);
    }
    EXPECT_NE(client.describe(), "ok");
    EXPECT_NE(whole.metrics().find("filmoteka_redis_circuits_open 1"), std::string::npos);
    const auto start = Clock::now();
    int refused = 0;
    for (; Clock::now() - start < 50ms; ++refused) {
      auto failing = failure_of(client, "x");
      EXPECT_EQ(co_await std::move(failing), ErrorCode::kUnavailable);
    }
    EXPECT_GT(refused, 50) << "an open breaker costs next to nothing";
    server.resume();
    for (bool answered = false; !answered && Clock::now() - start < 20s;) {
      auto turn = sleep_for(1ms);
      co_await std::move(turn);
      auto asking = ask(client, Commands{"PING"});
      answered = (co_await std::move(asking)).has_value();
    }
    EXPECT_EQ(client.describe(), "ok");
    EXPECT_NE(whole.metrics().find("filmoteka_redis_circuits_open 0"), std::string::npos);
  });
}

TEST(RedisClientFaults, nobody_listens) {
  std::string url;
  {
    RedisServer gone;
    url = gone.url();
  }
  ClientSettings settings = settings_for(url);
  settings.backoff = {std::chrono::minutes(1), std::chrono::minutes(1)};
  WithClient whole(settings);
  whole.run([](Client& client) -> Task<void> {
    for (int i = 0; i < 1'000; ++i) {
      auto failing = failure_of(client, "x");
      EXPECT_EQ(co_await std::move(failing), ErrorCode::kUnavailable);
    }
  });
  EXPECT_NE(whole.metrics().find("filmoteka_redis_connect_failures_total 1\n"), std::string::npos)
      << "the back-off's pause is not kept";
}

TEST(RedisClientFaults, garbage_instead_of_an_answer_ends_the_connection) {
  for (const std::string garbage :
       {"HTTP/1.1 200 OK\r\n\r\n", "$5\r\nab", "\r\n\r\n", "*999999999\r\n", "$-7\r\n",
        "$9223372036854775807\r\nx", "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n"}) {
    RawServer server(
        [&garbage](const std::string&, RawSocket& connection) {
          connection.send("+PONG\r\n");
          connection.read_until("x\r\n");
          connection.send(garbage);
        },
        kPing);
    with_client(settings_for(server), [](Client& client) -> Task<void> {
      for (int i = 0; i < 2; ++i) {
        auto failing = failure_of(client, "x");
        const ErrorCode code = co_await std::move(failing);
        EXPECT_TRUE(code == ErrorCode::kCorrupt || code == ErrorCode::kUnavailable) << to_string(code);
      }
    });
  }
}

TEST(RedisClientFaults, more_answers_than_questions_end_the_connection) {
  RawServer server(
      [](const std::string&, RawSocket& connection) {
        connection.send("+PONG\r\n");
        connection.read_until("x\r\n");
        connection.send("+one\r\n+two\r\n");
        connection.closed_within(10s);
      },
      kPing);
  with_client(settings_for(server), [&server](Client& client) -> Task<void> {
    for (int i = 0; i < 3; ++i) {
      auto asking = ask(client, Commands({"ECHO", "x"}));
      const Result<Reply> reply = co_await std::move(asking);
      EXPECT_TRUE(reply.has_error() || reply.value().text == "one");
    }
    EXPECT_GT(server.connections(), 1);
  });
}

TEST(RedisClientFaults, who_does_not_greet_like_a_redis_is_none) {
  for (const char* greeting : {"HTTP/1.1 400 Bad Request\r\n\r\n", "+HELLO\r\n", ":1\r\n", "$-1\r\n"}) {
    RawServer server([greeting](const std::string&, RawSocket& connection) { connection.send(greeting); },
                     kPing);
    with_client(settings_for(server), [](Client& client) -> Task<void> {
      auto failing = failure_of(client, "x");
      EXPECT_EQ(co_await std::move(failing), ErrorCode::kCorrupt);
    });
  }
}

TEST(RedisClientFaults, who_says_nothing_is_given_up_in_time) {
  RawServer server([](const std::string&, RawSocket& connection) { connection.closed_within(10s); }, kPing);
  ClientSettings settings = settings_for(server);
  settings.connect_timeout = 30ms;
  settings.backoff = {std::chrono::minutes(1), std::chrono::minutes(1)};
  with_client(settings, [](Client& client) -> Task<void> {
    auto failing = failure_of(client, "x");
    EXPECT_EQ(co_await std::move(failing), ErrorCode::kDeadlineExceeded);
    auto refused = failure_of(client, "x");
    EXPECT_EQ(co_await std::move(refused), ErrorCode::kUnavailable);
  });
}

TEST(RedisClientFaults, calls_beyond_the_bound_are_refused_at_once) {
  RedisServer server;
  ClientSettings settings = settings_for(server.url());
  settings.max_in_flight = 4;
  with_client(settings, [](Client& client) -> Task<void> {
    Commands five;
    for (int i = 0; i < 5; ++i) five.add({"PING"});
    auto too_many = client.call(std::move(five));
    EXPECT_EQ((co_await std::move(too_many)).error().code, ErrorCode::kUnavailable);
    Commands four;
    for (int i = 0; i < 4; ++i) four.add({"PING"});
    auto fitting = client.call(std::move(four));
    EXPECT_TRUE((co_await std::move(fitting)).has_value());
  });
}

TEST(RedisClientFaults, ends_while_calls_are_under_way) {
  RedisServer server;
  with_client(settings_for(server.url()), [&server](Client& client) -> Task<void> {
    server.pause();
    TaskGroup group(co_await asio::this_coro::executor);
    auto one = [](Client& to) -> Task<void> {
      auto asking = ask(to, Commands{"PING"});
      co_await std::move(asking);
    };
    for (int i = 0; i < 10; ++i) group.spawn(one(client));
    group.cancel();
    auto ended = group.join();
    co_await std::move(ended);
  });
}

}  // namespace
}  // namespace filmoteka::redis
