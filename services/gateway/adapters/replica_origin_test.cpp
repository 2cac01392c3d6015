/// The balancing against real servers on loopback that are dead, frozen, slow, broken.
#include <filmoteka/async/event.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/testing/then_cancel.hpp>

#include <gateway/adapters/replica_origin.hpp>
#include <gateway/adapters/replica_probes.hpp>
#include <gateway/testing/bad_replica.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using Mood = BadReplica::Mood;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct KeptLog final : telemetry::LogSink {
  void write(std::string_view line) override {
    const std::lock_guard lock(mutex);
    lines.emplace_back(line);
  }
  std::vector<std::string> with(std::string_view text) {
    const std::lock_guard lock(mutex);
    std::vector<std::string> found;
    std::ranges::copy_if(lines, std::back_inserter(found),
                         [text](const std::string& line) { return line.find(text) != std::string::npos; });
    return found;
  }
  std::mutex mutex;  // guards lines
  std::vector<std::string> lines;
};

BalanceSettings quick() {
  BalanceSettings settings;
  settings.standing.probe_interval = 20ms;
  settings.standing.first_pause = 20ms;
  settings.patience = {.least = 200ms, .at_first = 200ms, .most = 200ms};
  return settings;
}

/// An origin at work, with its probes.
class World {
 public:
  using Test = std::function<Task<void>(World&)>;

  explicit World(const std::vector<std::string>& urls, const BalanceSettings& settings = quick())
      : replicas(settings, telemetry::Logger(log, telemetry::LogLevel::kInfo, "gateway"), metrics) {
    std::vector<ReplicaAddress> addresses;
    for (const std::string& url : urls) addresses.push_back({url.substr(7), url, {}});
    replicas.replace(addresses);
  }
  void run(const Test& test) {
    Runtime runtime(1);
    origin = std::make_unique<ReplicaOrigin>(runtime.executor(0), replicas, http::ClientSettings{});
    runtime.run(main(*this, test));
    origin.reset();
  }
  Task<Result<OriginAnswer>> ask(http::Method method = http::Method::kGet,
                                 std::chrono::milliseconds time = 10s) {
    OriginRequest request;
    request.method = method;
    request.target = "/question";
    request.deadline = Deadline::after(time);
    auto sending = origin->send(request);
    co_return co_await std::move(sending);
  }
  Task<int> status() {
    auto asking = ask();
    const auto answer = co_await std::move(asking);
    co_return answer.has_value() ? answer->status : 0;
  }
  /// Asks until `done`; false if that takes more than the two seconds that a replica has to be back.
  Task<bool> asks_until(std::function<bool()> done) {
    const auto end = std::chrono::steady_clock::now() + 2s;
    while (!done() && std::chrono::steady_clock::now() < end) {
      auto asking = ask();
      co_await std::move(asking);
    }
    co_return done();
  }
  /// Waits until the log has `times` lines with it.
  Task<bool> logged(std::string text, std::size_t times = 1) {
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (log->with(text).size() < times && std::chrono::steady_clock::now() < end) {
      auto pause = sleep_for(1ms);
      co_await std::move(pause);
    }
    co_return log->with(text).size() == times;
  }

  std::shared_ptr<KeptLog> log = std::make_shared<KeptLog>();
  telemetry::Metrics metrics;
  Replicas replicas;
  std::unique_ptr<ReplicaOrigin> origin;

 private:
  static Task<void> main(World& self, const Test& test) {
    TaskGroup group(co_await asio::this_coro::executor);
    const ProbeSettings probes{.target = "/probe", .timeout = 200ms, .look = 5ms};
    group.spawn(probe_replicas(self.replicas, group, probes));
    auto running = filmoteka::testing::then_cancel(group, test(self));
    co_await std::move(running);
  }
};

/// A port that nobody listens on: it was free a moment ago.
std::string nobody() {
  const BadReplica gone;
  return gone.url();
}

/// 60 calls with a replica of that mood beside a sound one: all are answered, few reach the bad one, one line
/// says that it is out; when it is sound, one line says that it is back, within the time that it may take.
void expect_nobody_notices(Mood mood) {
  BadReplica bad(mood);
  BadReplica sound;
  World world({bad.url(), sound.url()});
  auto test = [](World& w, BadReplica& replica) -> Task<void> {
    for (int i = 0; i < 60; ++i) {
      auto asking = w.status();
      EXPECT_EQ(co_await std::move(asking), 200) << i;
    }
    EXPECT_LE(replica.requests(), 12);
    auto out = w.logged("a replica of the metadata service is out");
    EXPECT_TRUE(co_await std::move(out));
    EXPECT_TRUE(w.replicas.health().ok);
    EXPECT_EQ(w.replicas.health().message, "1 of 2 replicas answer");
    replica.become(Mood::kSound);
    auto back = w.logged("a replica of the metadata service is back");
    EXPECT_TRUE(co_await std::move(back));
    const int before = replica.requests();
    auto asks = w.asks_until([&replica, before] { return replica.requests() > before; });
    EXPECT_TRUE(co_await std::move(asks));
    EXPECT_EQ(w.replicas.health().message, "ok");
  };
  world.run([&bad, &test](World& w) { return test(w, bad); });
  EXPECT_THAT(world.log->with("is out"), SizeIs(1));
  EXPECT_THAT(world.log->with("is out"), Contains(HasSubstr(bad.name())));
}

TEST(ReplicaOrigin, NobodyNoticesAFrozenReplica) {
  expect_nobody_notices(Mood::kFrozen);
}
TEST(ReplicaOrigin, NobodyNoticesAReplicaThatTakesForEver) {
  expect_nobody_notices(Mood::kSlow);
}
TEST(ReplicaOrigin, NobodyNoticesGarbage) {
  expect_nobody_notices(Mood::kGarbage);
}
TEST(ReplicaOrigin, NobodyNoticesConnectionsThatAreClosed) {
  expect_nobody_notices(Mood::kClosing);
}

TEST(ReplicaOrigin, NobodyNoticesADeadReplica) {
  BadReplica sound;
  World world({nobody(), sound.url()});
  world.run([](World& w) -> Task<void> {
    for (int i = 0; i < 60; ++i) {
      auto asking = w.status();
      EXPECT_EQ(co_await std::move(asking), 200);
    }
    auto out = w.logged("a replica of the metadata service is out");
    EXPECT_TRUE(co_await std::move(out));
  });
  EXPECT_EQ(sound.requests(), 60);
  EXPECT_THAT(world.log->with("is out"), SizeIs(1));
}

TEST(ReplicaOrigin, NobodyNoticesFaults) {
  BadReplica faulty(Mood::kFaulty);
  BadReplica sound;
  World world({faulty.url(), sound.url()});
  world.run([](World& w) -> Task<void> {
    for (int i = 0; i < 60; ++i) {
      auto asking = w.status();
      EXPECT_EQ(co_await std::move(asking), 200);
    }
  });
  EXPECT_LE(faulty.requests(), 12);
}

TEST(ReplicaOrigin, AFaultOfTheOnlyReplicaIsPassedOnAndItIsAskedAgain) {
  BadReplica faulty(Mood::kFaulty);
  World world({faulty.url()});
  world.run([](World& w) -> Task<void> {
    for (int i = 0; i < 20; ++i) {
      auto asking = w.status();
      EXPECT_EQ(co_await std::move(asking), 500);
    }
  });
  EXPECT_EQ(faulty.requests(), 20);
}

TEST(ReplicaOrigin, WhenAllAreDeadItFailsAtOnceAndIsBackByItself) {
  BadReplica replica(Mood::kClosing);
  World world({replica.url()});
  auto test = [](World& w, BadReplica& r) -> Task<void> {
    auto out = w.logged("a replica of the metadata service is out");
    EXPECT_TRUE(co_await std::move(out));
    const int before = r.requests();
    for (int i = 0; i < 100; ++i) {
      auto asking = w.ask();
      const auto answer = co_await std::move(asking);
      EXPECT_EQ(answer.error().code, ErrorCode::kUnavailable);
    }
    EXPECT_EQ(r.requests(), before);
    EXPECT_FALSE(w.replicas.health().ok);
    EXPECT_THAT(w.replicas.health().message, HasSubstr("--metadata"));
    r.become(Mood::kSound);
    auto back = w.logged("a replica of the metadata service is back");
    EXPECT_TRUE(co_await std::move(back));
    auto asking = w.status();
    EXPECT_EQ(co_await std::move(asking), 200);
    EXPECT_TRUE(w.replicas.health().ok);
  };
  world.run([&replica, &test](World& w) { return test(w, replica); });
  EXPECT_THAT(world.metrics.render(), HasSubstr("refused_calls_total{reason=\"all_out\"} 100"));
}

TEST(ReplicaOrigin, WhatChangesSomethingIsSentOnce) {
  BadReplica first(Mood::kClosing);
  BadReplica second(Mood::kClosing);
  BalanceSettings settings = quick();
  settings.standing.silences = 1'000;
  World world({first.url(), second.url()}, settings);
  world.run([](World& w) -> Task<void> {
    for (int i = 0; i < 10; ++i) {
      auto asking = w.ask(http::Method::kPost);
      const auto answer = co_await std::move(asking);
      EXPECT_TRUE(answer.has_error());
    }
  });
  EXPECT_EQ(first.requests() + second.requests(), 10);
}

TEST(ReplicaOrigin, TheDeadlineHoldsForAllTries) {
  BadReplica first(Mood::kFrozen);
  BadReplica second(Mood::kFrozen);
  World world({first.url(), second.url()});
  world.run([](World& w) -> Task<void> {
    const auto begin = std::chrono::steady_clock::now();
    auto asking = w.ask(http::Method::kGet, 300ms);
    const auto answer = co_await std::move(asking);
    EXPECT_TRUE(answer.has_error());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
  });
}

TEST(ReplicaOrigin, CountsByReplica) {
  BadReplica replica;
  World world({replica.url()});
  world.run([](World& w) -> Task<void> {
    auto asking = w.status();
    EXPECT_EQ(co_await std::move(asking), 200);
  });
  const std::string metrics = world.metrics.render();
  EXPECT_THAT(metrics,
              HasSubstr("replica_calls_total{end=\"answered\",replica=\"" + replica.name() + "\"} 1"));
  EXPECT_THAT(metrics, HasSubstr("replica_in{replica=\"" + replica.name() + "\"} 1"));
}

}  // namespace
}  // namespace filmoteka::gateway
