/// The cache with an origin that the test plays, on one thread: what happens at the same time, and what goes
/// wrong.
#include <filmoteka/async/event.hpp>

#include <boost/asio/post.hpp>
#include <gateway/core/answer/contents.hpp>
#include <gateway/core/cache/http_cache.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

OriginAnswer answer_of(http::Headers fields, std::string body = "body", int status = 200) {
  return {status, std::move(fields), std::move(body)};
}

/// Holds every call until the gate is open.
struct Script {
  explicit Script(Executor executor) : gate(executor) {}
  Event gate;
  std::function<Result<OriginAnswer>(const OriginRequest&)> answer;
  std::vector<OriginRequest> asked;
};

class ScriptedOrigin final : public Origin {
 public:
  explicit ScriptedOrigin(Script& script) : script_(script) {}
  Task<Result<OriginAnswer>> send(const OriginRequest& request) override {
    script_.asked.push_back(request);
    auto open = script_.gate.wait();
    co_await std::move(open);
    co_return script_.answer(request);
  }

 private:
  Script& script_;
};

/// What lies in the second level, and how often it was asked.
class MapLevel final : public SecondLevel {
 public:
  Task<std::optional<std::string>> get(std::string_view key) override {
    ++reads;
    const auto found = values.find(std::string(key));
    co_return found == values.end() ? std::nullopt : std::optional(found->second);
  }
  void put(std::string key, std::string bytes, std::chrono::seconds) override {
    values[key] = std::move(bytes);
  }

  std::map<std::string, std::string> values;
  int reads = 0;
};

struct NoSink final : telemetry::LogSink {
  void write(std::string_view) override {}
};

/// One process with a cache.
struct Scene {
  Scene(Runtime& runtime, SecondLevel* second, bool is_api)
      : script(runtime.executor(0)), clients(runtime.executor(0)) {
    std::vector<std::unique_ptr<Origin>> origins;
    origins.push_back(std::make_unique<ScriptedOrigin>(script));
    CacheRules rules;
    rules.make_content = forwarded_content;
    rules.stamps_are_revisions = is_api;
    rules.purged_may_stand_in = is_api;
    const telemetry::Logger log(std::make_shared<NoSink>(), telemetry::LogLevel::kOff, "gateway");
    cache.emplace(runtime, std::move(origins), HttpCacheSettings{}, rules, second, clock, log, metrics);
  }

  static HttpCache::Question question(http::Headers headers = {}) {
    HttpCache::Question question;
    question.key = question.request.target = "/a";
    question.directives = request_directives(headers);
    question.request.headers = std::move(headers);
    return question;
  }
  static Task<void> client(Scene& scene, http::Headers headers) {
    auto asking = scene.cache->answer(question(std::move(headers)));
    scene.results.push_back(co_await std::move(asking));
  }
  void start(http::Headers headers = {}) {
    auto task = client(*this, std::move(headers));
    clients.spawn(std::move(task));
  }
  /// Opens the gate and waits for all who have asked. Once.
  Task<void> finish() {
    script.gate.set();
    auto joined = clients.join();
    co_await std::move(joined);
  }
  /// "hit; ttl=5", or the error's name.
  static Task<std::string> ask(Scene& scene, http::Headers headers = {}) {
    scene.script.gate.set();
    auto asking = scene.cache->answer(question(std::move(headers)));
    const auto served = co_await std::move(asking);
    if (served.has_error()) co_return std::string(to_string(served.error().code));
    co_return to_string(served->status).substr(std::string_view("filmoteka; ").size());
  }

  FakeClock clock;
  telemetry::Metrics metrics;
  Script script;
  std::optional<HttpCache> cache;
  TaskGroup clients;
  std::vector<Result<HttpCache::Served>> results;
};

Task<void> run_script(Scene& scene, Task<void> (*script)(Scene&)) {
  auto playing = script(scene);
  co_await std::move(playing);
  auto stopping = scene.cache->stop();
  co_await std::move(stopping);
}

void play(Task<void> (*script)(Scene&), SecondLevel* second = nullptr, bool is_api = false) {
  Runtime runtime(1);
  Scene scene(runtime, second, is_api);
  auto main = run_script(scene, script);
  runtime.run(std::move(main));
}

TEST(HttpCache, AThousandSimultaneousMissesAskOnce) {
  play([](Scene& scene) -> Task<void> {
    scene.script.answer = [](const auto&) {
      return answer_of({{"Cache-Control", "max-age=60"}});
    };
    for (int i = 0; i < 1'000; ++i) scene.start();
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(scene.script.asked.size(), 1U);
    EXPECT_EQ(scene.results.size(), 1'000U);
    for (const auto& result : scene.results) EXPECT_EQ(result->entry->answer()->body(), "body");
  });
}

TEST(HttpCache, AFailedLeaderDoesNotStartAHerd) {
  play([](Scene& scene) -> Task<void> {
    scene.script.answer = [](const auto&) -> Result<OriginAnswer> {
      return unavailable("away");
    };
    for (int i = 0; i < 1'000; ++i) scene.start();
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(scene.script.asked.size(), 1U);
    for (const auto& result : scene.results) EXPECT_EQ(result.error().code, ErrorCode::kUnavailable);
  });
}

TEST(HttpCache, AServersErrorIsSharedToo) {
  play([](Scene& scene) -> Task<void> {
    scene.script.answer = [](const auto&) {
      return answer_of({}, "broken", 500);
    };
    for (int i = 0; i < 100; ++i) scene.start();
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(scene.script.asked.size(), 1U);
    for (const auto& result : scene.results) EXPECT_EQ(result->entry->answer()->status, 500);
  });
}

TEST(HttpCache, WhatMayNotBeStoredIsNobodyElses) {
  play([](Scene& scene) -> Task<void> {
    int turn = 0;
    scene.script.answer = [&turn](const auto&) {
      return answer_of({{"Cache-Control", "private"}}, std::to_string(turn++));
    };
    for (int i = 0; i < 10; ++i) scene.start();
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(scene.script.asked.size(), 10U);
    std::vector<bool> seen(10);
    for (const auto& result : scene.results) seen.at(std::stoul(result->entry->answer()->body())) = true;
    EXPECT_EQ(std::count(seen.begin(), seen.end(), true), 10);
  });
}

TEST(HttpCache, AfterItNobodyWaitsForAnother) {
  play([](Scene& scene) -> Task<void> {
    scene.script.answer = [](const auto&) {
      return answer_of({{"Cache-Control", "no-store"}});
    };
    auto first = Scene::ask(scene);
    co_await std::move(first);
    scene.script.gate.reset();
    for (int i = 0; i < 10; ++i) scene.start();
    const Executor executor = co_await asio::this_coro::executor;
    auto turn = asio::post(executor, use_task);
    co_await std::move(turn);
    EXPECT_EQ(scene.script.asked.size(), 11U) << "all are under way at once";
    auto finished = scene.finish();
    co_await std::move(finished);
  });
}

TEST(HttpCache, AnAnswerThatVariesIsSharedByThoseItIsFor) {
  play([](Scene& scene) -> Task<void> {
    scene.script.answer = [](const OriginRequest& request) {
      return answer_of({{"Cache-Control", "max-age=60"}, {"Vary", "L"}},
                       std::string(*Fields(request.headers).first("L")));
    };
    for (int i = 0; i < 50; ++i) {
      scene.start({{"L", "ru"}});
      scene.start({{"L", "en"}});
    }
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(scene.script.asked.size(), 2U);
    int right = 0;
    for (const auto& result : scene.results) right += result->entry->answer()->body() == "ru" ? 1 : 0;
    EXPECT_EQ(right, 50);
  });
}

TEST(HttpCache, AFreshVariantIsFoundAtOnceByTheRequestsThatItFits) {
  play([](Scene& scene) -> Task<void> {
    scene.script.answer = [](const auto&) {
      return answer_of({{"Cache-Control", "max-age=60"}, {"Vary", "L"}});
    };
    const http::Headers russian = {{"L", "ru"}};
    auto first = Scene::ask(scene, russian);
    co_await std::move(first);
    EXPECT_NE(scene.cache->fresh("/a", russian, scene.clock.steady_now()), nullptr);
    EXPECT_EQ(scene.cache->fresh("/a", http::Headers{}, scene.clock.steady_now()), nullptr);
    scene.clock.advance(60s);
    EXPECT_EQ(scene.cache->fresh("/a", russian, scene.clock.steady_now()), nullptr);
  });
}

TEST(HttpCache, NobodyWaitsTwiceForAnOriginThatIsAway) {
  play([](Scene& scene) -> Task<void> {
    bool is_away = false;
    scene.script.answer = [&is_away](const auto&) -> Result<OriginAnswer> {
      if (is_away) return deadline_exceeded("frozen");
      return answer_of({{"Cache-Control", "max-age=5, stale-if-error=600"}});
    };
    auto first = Scene::ask(scene);
    co_await std::move(first);
    is_away = true;
    scene.clock.advance(10s);
    auto second = Scene::ask(scene);
    EXPECT_EQ(co_await std::move(second), "fwd=stale; ttl=-5; detail=stale-if-error");
    scene.script.gate.reset();  // from here on, whoever waits for the origin waits for ever
    for (int i = 0; i < 100; ++i) {
      scene.clock.advance(100ms);
      auto asking = scene.cache->answer(Scene::question());
      const auto served = co_await std::move(asking);
      EXPECT_EQ(served->entry->answer()->body(), "body");
    }
    EXPECT_LE(scene.script.asked.size(), 3U) << "one attempt in the background at a time";
  });
}

TEST(HttpCache, ComesBackByItselfWhenTheOriginDoes) {
  play([](Scene& scene) -> Task<void> {
    int turn = 0;
    scene.script.answer = [&turn](const auto&) -> Result<OriginAnswer> {
      if (turn++ == 1) return unavailable("away");
      return answer_of({{"Cache-Control", "max-age=5, stale-if-error=600"}}, std::to_string(turn));
    };
    const std::array<const char*, 2> expectations = {"fwd=uri-miss; fwd-status=200; stored",
                                                     "fwd=stale; ttl=0; detail=stale-if-error"};
    for (const char* expected : expectations) {
      auto asking = Scene::ask(scene);
      EXPECT_EQ(co_await std::move(asking), expected);
      scene.clock.advance(5s);
    }
    auto third = Scene::ask(scene);  // stale, and starts the next attempt
    co_await std::move(third);
    const Executor executor = co_await asio::this_coro::executor;
    for (int i = 0; i < 50; ++i) {
      auto turns = asio::post(executor, use_task);
      co_await std::move(turns);
    }
    auto fourth = Scene::ask(scene);
    EXPECT_EQ(co_await std::move(fourth), "hit; ttl=5");
  });
}

TEST(HttpCache, APurgedAnswerIsFetchedAnewAndStandsInOnlyInNeed) {
  play(
      [](Scene& scene) -> Task<void> {
        bool is_away = false;
        scene.script.answer = [&is_away](const auto&) -> Result<OriginAnswer> {
          if (is_away) return unavailable("away");
          return answer_of({{"Cache-Control", "max-age=60, stale-if-error=600"},
                            {"Cache-Groups", "\"film-7\""},
                            {"X-Catalogue-Revision", "5"}});
        };
        auto first = Scene::ask(scene);
        co_await std::move(first);
        scene.cache->purge("film-7", 5);
        auto second = Scene::ask(scene);
        EXPECT_EQ(co_await std::move(second), "hit; ttl=60") << "it was made with that change";
        scene.cache->purge("film-7", 6);
        is_away = true;
        auto third = Scene::ask(scene);
        EXPECT_EQ(co_await std::move(third), "fwd=stale; ttl=60; detail=stale-if-error");
        EXPECT_EQ(scene.cache->fresh("/a", http::Headers{}, scene.clock.steady_now()), nullptr);
      },
      nullptr, true);
}

TEST(HttpCache, WithoutNewsOfChangesLifetimesAreShort) {
  play([](Scene& scene) -> Task<void> {
    scene.script.answer = [](const auto&) {
      return answer_of({{"Cache-Control", "max-age=60"}});
    };
    auto first = Scene::ask(scene);
    co_await std::move(first);
    scene.cache->suspect(true);
    scene.clock.advance(4s);
    auto second = Scene::ask(scene);
    EXPECT_EQ(co_await std::move(second), "hit; ttl=1");
    scene.clock.advance(1s);
    EXPECT_EQ(scene.cache->fresh("/a", http::Headers{}, scene.clock.steady_now()), nullptr);
    scene.cache->suspect(false);
    EXPECT_NE(scene.cache->fresh("/a", http::Headers{}, scene.clock.steady_now()), nullptr);
  });
}

constexpr const char* kLong = "max-age=60, stale-if-error=600";

TEST(HttpCache, WhatOneProcessHasFetchedTheOthersFindInTheSecondLevel) {
  MapLevel level;
  const auto script = [](Scene& scene) -> Task<void> {
    scene.script.answer = [](const auto&) {
      return answer_of({{"Cache-Control", kLong}, {"X-Catalogue-Revision", "5"}});
    };
    auto asking = Scene::ask(scene);
    co_await std::move(asking);
  };
  play(script, &level, true);
  EXPECT_EQ(level.values.size(), 1U);
  play(
      [](Scene& scene) -> Task<void> {
        scene.clock.advance(20s);
        for (int i = 0; i < 100; ++i) scene.start();
        auto finished = scene.finish();
        co_await std::move(finished);
        EXPECT_TRUE(scene.script.asked.empty());
        EXPECT_EQ(scene.results.at(0)->entry->answer()->age(scene.clock.steady_now()), 20s);
        auto again = Scene::ask(scene);
        EXPECT_EQ(co_await std::move(again), "hit; ttl=40");
      },
      &level, true);
  EXPECT_EQ(level.reads, 2) << "one for all who ask at the same time";
}

TEST(HttpCache, WhatIsOfUseHereOnlyStaysHere) {
  MapLevel level;
  play(
      [](Scene& scene) -> Task<void> {
        scene.script.answer = [](const auto&) {
          return answer_of({{"Cache-Control", kLong}, {"X-Catalogue-Revision", "5"}});
        };
        scene.script.gate.set();
        HttpCache::Question question = Scene::question();
        question.only_here = true;
        auto asking = scene.cache->answer(std::move(question));
        EXPECT_TRUE((co_await std::move(asking)).has_value());
        auto again = Scene::ask(scene);
        EXPECT_EQ(co_await std::move(again), "hit; ttl=60");
      },
      &level, true);
  EXPECT_TRUE(level.values.empty());
  EXPECT_EQ(level.reads, 0);
}

TEST(HttpCache, AStaleAnswerOfTheSecondLevelStandsInToo) {
  MapLevel level;
  play(
      [](Scene& scene) -> Task<void> {
        scene.script.answer = [](const auto&) {
          return answer_of({{"Cache-Control", kLong}, {"X-Catalogue-Revision", "5"}});
        };
        auto asking = Scene::ask(scene);
        co_await std::move(asking);
      },
      &level, true);
  play(
      [](Scene& scene) -> Task<void> {
        scene.script.answer = [](const auto&) -> Result<OriginAnswer> {
          return unavailable("away");
        };
        scene.clock.advance(100s);
        auto asking = Scene::ask(scene);
        EXPECT_EQ(co_await std::move(asking), "fwd=uri-miss; ttl=-40; detail=stale-if-error");
      },
      &level, true);
}

}  // namespace
}  // namespace filmoteka::gateway
