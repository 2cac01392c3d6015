/// The client against a real Redis.
#include "testing/with_client.hpp"

#include <filmoteka/async/both.hpp>
#include <filmoteka/async/event.hpp>
#include <filmoteka/testing/redis_server.hpp>

#include <gtest/gtest.h>

#include <numeric>

namespace filmoteka::redis {
namespace {

using filmoteka::testing::RedisServer;
using testing::ask;
using testing::settings_for;
using testing::with_client;
using testing::WithClient;
using namespace std::chrono_literals;

std::string all_bytes() {
  std::string bytes(256, '\0');
  std::iota(bytes.begin(), bytes.end(), '\0');
  return bytes;
}

Task<Reply> must(Client& client, Commands command) {
  auto asking = ask(client, std::move(command));
  Result<Reply> reply = co_await std::move(asking);
  EXPECT_TRUE(reply.has_value()) << describe(reply.has_error() ? reply.error() : Error());
  co_return reply.has_value() ? std::move(reply).value() : Reply{.kind = Reply::Kind::kError};
}

/// Asks until Redis answers: a connection that was lost is made anew by the calls themselves.
Task<void> until_answered(Client& client) {
  const auto limit = std::chrono::steady_clock::now() + 20s;
  for (bool answered = false; !answered && std::chrono::steady_clock::now() < limit;) {
    auto asking = ask(client, Commands{"PING"});
    answered = (co_await std::move(asking)).has_value();
    auto turn = sleep_for(1ms);
    co_await std::move(turn);
  }
}

TEST(RedisClient, stores_any_bytes_and_says_when_there_are_none) {
  RedisServer server;
  with_client(settings_for(server.url()), [](Client& client) -> Task<void> {
    const std::string bytes = all_bytes();
    auto setting = must(client, Commands({"SET", bytes, bytes}));
    EXPECT_TRUE((co_await std::move(setting)).is_status("OK"));
    auto getting = must(client, Commands({"GET", bytes}));
    EXPECT_EQ((co_await std::move(getting)).text, bytes);
    auto missing = must(client, Commands({"GET", "nothing"}));
    EXPECT_TRUE((co_await std::move(missing)).is_nil());
    EXPECT_EQ(client.describe(), "ok");
  });
}

TEST(RedisClient, pipelines_commands_and_keeps_errors_apart) {
  RedisServer server;
  with_client(settings_for(server.url()), [](Client& client) -> Task<void> {
    Commands commands;
    commands.add({"SET", "text", "abc"})
        .add({"INCR", "text"})
        .add({"NO-SUCH-COMMAND"})
        .add({"LPUSH", "text", "x"});
    commands.add({"MGET", "text", "nothing"});
    auto calling = client.call(std::move(commands));
    const std::vector<Reply> replies = (co_await std::move(calling)).value();
    EXPECT_EQ(replies.size(), 5U);
    EXPECT_TRUE(replies[0].is_status("OK"));
    EXPECT_TRUE(replies[1].is_error());
    EXPECT_TRUE(replies[2].is_error());
    EXPECT_TRUE(replies[3].is_error() && replies[3].text.starts_with("WRONGTYPE"));
    EXPECT_EQ(replies[4].elements[0].text, "abc");
    EXPECT_TRUE(replies[4].elements[1].is_nil());
  });
}

Task<void> many_of_a_thread(Client& client, int thread) {
  TaskGroup group(co_await asio::this_coro::executor);
  auto one = [](Client& to, std::string number) -> Task<void> {
    auto asking = must(to, Commands({"ECHO", number}));
    EXPECT_EQ((co_await std::move(asking)).text, number);
  };
  for (int i = 0; i < 200; ++i) group.spawn(one(client, std::to_string(thread * 1'000 + i)));
  auto ended = group.join();
  co_await std::move(ended);
}

TEST(RedisClient, everybody_gets_his_own_answer_on_all_threads) {
  RedisServer server({.tcp = true, .password = {}});
  WithClient client(settings_for(server.url()), 2);
  const Executor other = client.runtime().executor(1);
  client.run([other](Client& on) -> Task<void> {
    auto there = run_on(other, many_of_a_thread(on, 1));
    auto whole = [](Task<void> task) -> Task<int> {
      co_await std::move(task);
      co_return 0;
    };
    auto together = both(whole(many_of_a_thread(on, 0)), whole(std::move(there)));
    co_await std::move(together);
  });
  EXPECT_NE(client.metrics().find("filmoteka_redis_connects_total 2"), std::string::npos)
      << "one for each thread";
  EXPECT_NE(client.metrics().find("filmoteka_redis_calls_total{outcome=\"answered\"} 400"),
            std::string::npos);
}

TEST(RedisClient, takes_big_values_up_to_its_limit) {
  RedisServer server;
  ClientSettings settings = settings_for(server.url());
  settings.replies.max_bytes = 3'000'000;
  with_client(settings, [&server](Client& client) -> Task<void> {
    const std::string big(3'000'000, 'x');
    auto setting = must(client, Commands({"SET", "big", big}));
    co_await std::move(setting);
    auto getting = must(client, Commands({"GET", "big"}));
    EXPECT_TRUE((co_await std::move(getting)).text == big);
    server.execute({"APPEND", "big", "y"});
    auto too_big = ask(client, Commands({"GET", "big"}));
    EXPECT_EQ((co_await std::move(too_big)).error().code, ErrorCode::kCorrupt);
    auto still_there = until_answered(client);
    co_await std::move(still_there);
    auto again = must(client, Commands({"EXISTS", "big"}));
    EXPECT_EQ((co_await std::move(again)).integer, 1);
  });
}

TEST(RedisClient, authenticates_and_selects) {
  RedisServer server({.tcp = false, .password = "p@ss:/word"});
  std::string url = server.url();
  url.replace(url.find("p@ss:/word"), 10, "p%40ss%3A%2Fword");
  with_client(settings_for(url + "?db=3"), [&server](Client& client) -> Task<void> {
    auto setting = must(client, Commands({"SET", "here", "1"}));
    co_await std::move(setting);
    EXPECT_NE(server.execute({"INFO", "keyspace"}).find("db3:keys=1"), std::string::npos);
  });
}

TEST(RedisClient, says_that_the_password_is_wrong) {
  RedisServer server({.tcp = false, .password = "right"});
  for (const char* credentials : {":wrong@", "nobody:right@", ""}) {
    std::string url = server.url();
    url.replace(url.find(":right@"), 7, credentials);
    with_client(settings_for(url), [](Client& client) -> Task<void> {
      auto asking = ask(client, Commands{"PING"});
      const Result<Reply> refused = co_await std::move(asking);
      EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
      EXPECT_NE(refused.error().message.find("password"), std::string::npos) << describe(refused.error());
      EXPECT_NE(client.describe().find("password"), std::string::npos);
    });
  }
}

TEST(RedisClient, comes_back_after_redis_was_killed) {
  RedisServer server;
  with_client(settings_for(server.url()), [&server](Client& client) -> Task<void> {
    for (int round = 0; round < 5; ++round) {
      auto waiting = until_answered(client);
      co_await std::move(waiting);
      auto setting = must(client, Commands({"SET", "key", std::to_string(round)}));
      co_await std::move(setting);
      server.kill();
      auto asking = ask(client, Commands({"GET", "key"}));
      EXPECT_EQ((co_await std::move(asking)).error().code, ErrorCode::kUnavailable);
      server.start();
    }
    auto waiting = until_answered(client);
    co_await std::move(waiting);
    auto getting = must(client, Commands({"GET", "key"}));
    EXPECT_TRUE((co_await std::move(getting)).is_nil());
    EXPECT_EQ(client.describe(), "ok");
  });
}

TEST(RedisClient, calls_under_way_fail_when_redis_is_killed) {
  RedisServer server;
  with_client(settings_for(server.url()), [&server](Client& client) -> Task<void> {
    auto waiting = until_answered(client);
    co_await std::move(waiting);
    auto blocked = ask(client, Commands({"BLPOP", "nothing", "60"}));
    auto kill = [](RedisServer& victim) -> Task<int> {
      // The blocked call is under way once Redis says so.
      while (victim.execute({"INFO", "clients"}).find("blocked_clients:1") == std::string::npos) {
        auto turn = sleep_for(1ms);
        co_await std::move(turn);
      }
      victim.kill();
      co_return 0;
    };
    auto together = both(std::move(blocked), kill(server));
    const auto [reply, ignored] = co_await std::move(together);
    EXPECT_EQ(reply.error().code, ErrorCode::kUnavailable);
  });
}

TEST(RedisClient, reads_replies_for_callers_that_have_gone) {
  RedisServer server;
  with_client(settings_for(server.url()), [&server](Client& client) -> Task<void> {
    auto waiting = until_answered(client);
    co_await std::move(waiting);
    server.pause();
    auto impatient = ask(client, Commands({"ECHO", "old"}), Deadline::after(5ms));
    EXPECT_EQ((co_await std::move(impatient)).error().code, ErrorCode::kDeadlineExceeded);
    server.resume();
    auto next = must(client, Commands({"ECHO", "new"}));
    EXPECT_EQ((co_await std::move(next)).text, "new") << "a late reply was taken for another's";
  });
}

}  // namespace
}  // namespace filmoteka::redis
