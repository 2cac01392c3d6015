#include <filmoteka/async/both.hpp>
#include <filmoteka/testing/redis_server.hpp>

#include <gateway/testing/running_second_level.hpp>
#include <gtest/gtest.h>

#include <string>

namespace filmoteka::gateway {
namespace {

using testing::RedisServer;
using namespace std::chrono_literals;

RedisSecondLevelSettings settings_for(const RedisServer& server) {
  return {.endpoint = redis::parse_endpoint(server.url()).value(),
          .timeout = 5s,  // the machine may be busy: not what is tested here
          .prefix = "test:"};
}

/// Of the only value there.
std::string only_name(RedisServer& server) {
  std::string name = server.execute({"KEYS", "test:*"});
  EXPECT_EQ(server.execute({"DBSIZE"}), "1");
  if (name.ends_with('\n')) name.pop_back();
  return name;
}

void with_level(const RedisSecondLevelSettings& settings, const RunningSecondLevel::Test& test) {
  RunningSecondLevel running(settings);
  running.run(test);
}

TEST(RedisSecondLevel, gives_back_what_was_put_under_that_key_only) {
  RedisServer server;
  with_level(settings_for(server), [](RunningSecondLevel& on) -> Task<void> {
    const std::string bytes("\0\r\n$5\r\n", 8);
    auto putting = on.put("/a?q=друг", bytes);
    co_await std::move(putting);
    auto getting = on.get("/a?q=друг");
    EXPECT_EQ(co_await std::move(getting), bytes);
    auto other = on.get("/a");
    EXPECT_EQ(co_await std::move(other), std::nullopt);
    EXPECT_EQ(on.lookups("hit"), 1);
    EXPECT_EQ(on.lookups("miss"), 1);
    EXPECT_EQ(on.level().describe(), "ok");
  });
}

TEST(RedisSecondLevel, is_shared_by_replicas) {
  RedisServer server;
  with_level(settings_for(server), [](RunningSecondLevel& on) -> Task<void> {
    auto putting = on.put("/a", "text");
    co_await std::move(putting);
  });
  with_level(settings_for(server), [](RunningSecondLevel& on) -> Task<void> {
    auto getting = on.get("/a");
    EXPECT_EQ(co_await std::move(getting), "text");
  });
  RedisSecondLevelSettings of_others = settings_for(server);
  of_others.prefix = "others:";
  with_level(of_others, [](RunningSecondLevel& on) -> Task<void> {
    auto getting = on.get("/a");
    EXPECT_EQ(co_await std::move(getting), std::nullopt);
  });
}

TEST(RedisSecondLevel, keeps_as_long_as_it_is_told) {
  RedisServer server;
  with_level(settings_for(server), [&server](RunningSecondLevel& on) -> Task<void> {
    auto putting = on.put("/a", "text", 1'000s);
    co_await std::move(putting);
    const int left = std::stoi(server.execute({"TTL", only_name(server)}));
    EXPECT_GT(left, 900);
    EXPECT_LE(left, 1'000);
    auto not_at_all = on.put("/b", "text", 0s);
    co_await std::move(not_at_all);
    EXPECT_EQ(server.execute({"DBSIZE"}), "1");
    EXPECT_EQ(on.writes("dropped"), 1);
  });
}

TEST(RedisSecondLevel, large_answers_are_not_put_there) {
  RedisServer server;
  with_level(settings_for(server), [&server](RunningSecondLevel& on) -> Task<void> {
    auto largest = on.put("/a", std::string(1 << 20, 'x'));
    co_await std::move(largest);
    auto too_large = on.put("/b", std::string((1 << 20) + 1, 'x'));
    co_await std::move(too_large);
    const int length = std::stoi(server.execute({"STRLEN", only_name(server)}));
    EXPECT_GT(length, 0);
    EXPECT_LT(length, 1 << 16) << "it is compressed";
    auto getting = on.get("/a");
    EXPECT_EQ((co_await std::move(getting))->size(), std::size_t{1} << 20);
  });
}

TEST(RedisSecondLevel, what_is_none_of_ours_is_a_miss_and_is_overwritten) {
  RedisServer server;
  with_level(settings_for(server), [&server](RunningSecondLevel& on) -> Task<void> {
    auto of_another = on.put("/b", "of another key");
    co_await std::move(of_another);
    const std::string other = server.execute({"GET", only_name(server)});
    server.wipe();
    auto first = on.put("/a", "text");
    co_await std::move(first);
    const std::string name = only_name(server);
    const std::string whole = server.execute({"GET", name});
    const std::vector<std::vector<std::string>> deeds{{"SET", name, "garbage"},
                                                      {"SET", name, ""},
                                                      {"SET", name, whole.substr(0, whole.size() - 1)},
                                                      {"SET", name, std::string(3 << 20, 'x')},
                                                      {"SET", name, other},
                                                      {"LPUSH", name, "x"}};
    double unusable = 0;
    for (const auto& deed : deeds) {
      server.execute({"DEL", name});
      server.execute(deed);
      auto getting = on.get("/a");
      EXPECT_EQ(co_await std::move(getting), std::nullopt) << deed.front();
      EXPECT_EQ(on.lookups("unusable"), ++unusable);
      auto putting = on.put("/a", "text");
      co_await std::move(putting);
      auto again = on.get("/a");
      EXPECT_EQ(co_await std::move(again), "text") << deed.front();
    }
  });
}

TEST(RedisSecondLevel, a_wiped_redis_is_filled_again) {
  RedisServer server;
  with_level(settings_for(server), [&server](RunningSecondLevel& on) -> Task<void> {
    for (int round = 0; round < 3; ++round) {
      auto putting = on.put("/a", "text");
      co_await std::move(putting);
      auto getting = on.get("/a");
      EXPECT_EQ(co_await std::move(getting), "text");
      server.wipe();
      auto missing = on.get("/a");
      EXPECT_EQ(co_await std::move(missing), std::nullopt);
    }
  });
}

TEST(RedisSecondLevel, can_be_used_on_all_threads) {
  RedisServer server;
  RunningSecondLevel running(settings_for(server), 2);
  running.run([](RunningSecondLevel& on) -> Task<void> {
    auto on_thread = [](RunningSecondLevel& level, std::string prefix) -> Task<int> {
      for (int i = 0; i < 50; ++i) {
        const std::string key = prefix + std::to_string(i);
        level.level().put(key, key, 60s);
        auto finding = level.found_within(key, 20s);
        EXPECT_TRUE(co_await std::move(finding)) << key;
      }
      co_return 0;
    };
    auto there = run_on(on.runtime().executor(1), on_thread(on, "/there/"));
    auto together = both(on_thread(on, "/here/"), std::move(there));
    co_await std::move(together);
  });
  EXPECT_EQ(running.writes("written"), 100);
}

TEST(RedisSecondLevel, before_and_after_its_run_there_is_nothing) {
  RedisServer server;
  RunningSecondLevel running(settings_for(server));
  auto ask = [](RunningSecondLevel& on) -> Task<void> {
    on.level().put("/a", "text", 60s);
    auto getting = on.get("/a");
    EXPECT_EQ(co_await std::move(getting), std::nullopt);
  };
  running.runtime().run(ask(running));
  EXPECT_EQ(running.writes("dropped"), 1);
  EXPECT_EQ(running.lookups("error"), 1);
}

}  // namespace
}  // namespace filmoteka::gateway
