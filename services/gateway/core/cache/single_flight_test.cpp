#include <filmoteka/async/event.hpp>
#include <filmoteka/async/runtime.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <gateway/core/cache/fetched.hpp>
#include <gateway/core/cache/single_flight.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

SingleFlight::Outcome outcome_of(std::string body) {
  return std::make_shared<const Fetched>(Fetched{nullptr, unavailable(std::move(body))});
}

std::string body_of(const SingleFlight::Ticket& ticket) {
  return ticket.outcome->error.message;
}

/// One thread with a call that ends when the test says so.
struct Scene {
  explicit Scene(Executor own) : gate(own), calls(own), clients(own) {}

  static Task<SingleFlight::Outcome> called(Scene& scene, std::string body) {
    ++scene.count;
    auto open = scene.gate.wait();
    co_await std::move(open);
    if (body == "throw") throw std::runtime_error("broken");
    co_return outcome_of(std::move(body));
  }

  static Task<void> client(Scene& scene, std::string key, std::string body, Deadline deadline) {
    SingleFlight::Call call = [&scene, body] {
      return called(scene, body);
    };
    auto joining = scene.flights.join(std::move(key), scene.calls, std::move(call), deadline);
    scene.results.push_back(co_await std::move(joining));
  }

  void start(std::string key, std::string body, Deadline deadline = Deadline::never()) {
    auto task = client(*this, std::move(key), std::move(body), deadline);
    clients.spawn(std::move(task));
  }

  Task<void> finish() {
    gate.set();
    auto joined = clients.join();
    co_await std::move(joined);
    auto ended = calls.join();
    co_await std::move(ended);
  }

  SingleFlight flights;
  Event gate;
  TaskGroup calls;
  TaskGroup clients;
  int count = 0;
  std::vector<Result<SingleFlight::Ticket>> results;
};

void play(Task<void> (*script)(Scene&)) {
  Runtime runtime(1);
  Scene scene(runtime.executor(0));
  auto main = script(scene);
  runtime.run(std::move(main));
}

TEST(SingleFlight, EqualMissesMakeOneCall) {
  play([](Scene& scene) -> Task<void> {
    for (int i = 0; i < 1'000; ++i) scene.start("/a", "answer");
    scene.start("/b", "other");
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(scene.count, 2);
    EXPECT_EQ(scene.results.size(), 1'001U);
    int collapsed = 0;
    for (const auto& result : scene.results) collapsed += result->collapsed ? 1 : 0;
    EXPECT_EQ(collapsed, 999);
    EXPECT_EQ(body_of(*scene.results.front()), "answer");
  });
}

TEST(SingleFlight, WhatNobodyWaitsForIsStartedOnceAndCanBeJoined) {
  play([](Scene& scene) -> Task<void> {
    for (int i = 0; i < 3; ++i) {
      SingleFlight::Call call = [&scene] {
        return Scene::called(scene, "answer");
      };
      scene.flights.start("/a", scene.calls, std::move(call));
    }
    scene.start("/a", "another");
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(scene.count, 1);
    EXPECT_EQ(body_of(*scene.results.at(0)), "answer");
  });
}

TEST(SingleFlight, AfterItsEndTheNextMissCallsAgain) {
  play([](Scene& scene) -> Task<void> {
    scene.gate.set();
    for (int i = 0; i < 3; ++i) {
      auto client = Scene::client(scene, "/a", "answer", Deadline::never());
      co_await std::move(client);
    }
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(scene.count, 3);
  });
}

TEST(SingleFlight, AWaiterThatGoesAwayDisturbsNobody) {
  play([](Scene& scene) -> Task<void> {
    // The one that started the call, and one that joined it.
    const Executor executor = co_await asio::this_coro::executor;
    TaskGroup impatient(executor);
    for (int i = 0; i < 2; ++i) {
      auto client = Scene::client(scene, "/a", "answer", Deadline::never());
      impatient.spawn(std::move(client));
    }
    scene.start("/a", "answer");
    impatient.cancel();
    auto gone = impatient.join();
    co_await std::move(gone);
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(scene.count, 1);
    EXPECT_EQ(scene.results.size(), 1U);
    EXPECT_EQ(body_of(*scene.results.front()), "answer");
  });
}

TEST(SingleFlight, AWaitersDeadlineIsItsOwn) {
  play([](Scene& scene) -> Task<void> {
    scene.start("/a", "answer");
    auto hasty = Scene::client(scene, "/a", "answer", Deadline::after(1ms));
    co_await std::move(hasty);
    EXPECT_EQ(scene.results.at(0).error().code, ErrorCode::kDeadlineExceeded);
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(body_of(*scene.results.at(1)), "answer");
  });
}

TEST(SingleFlight, ACallThatThrowsWakesItsWaiters) {
  play([](Scene& scene) -> Task<void> {
    for (int i = 0; i < 3; ++i) scene.start("/a", "throw");
    auto finished = scene.finish();
    co_await std::move(finished);
    EXPECT_EQ(scene.count, 1);
    EXPECT_EQ(scene.results.size(), 3U);
    for (const auto& result : scene.results) EXPECT_EQ(result.error().code, ErrorCode::kCancelled);
  });
}

TEST(SingleFlight, CancellingTheCallsWakesTheirWaiters) {
  play([](Scene& scene) -> Task<void> {
    for (int i = 0; i < 3; ++i) scene.start("/a", "answer");
    scene.calls.cancel();
    auto ended = scene.clients.join();
    co_await std::move(ended);
    auto finished = scene.finish();
    co_await std::move(finished);
    for (const auto& result : scene.results) EXPECT_EQ(result.error().code, ErrorCode::kCancelled);
  });
}

/// What each thread of the next test does: many misses of few keys, each call passing once through its queue.
struct Shared {
  SingleFlight flights;
  std::atomic<int> calls = 0;
  std::atomic<int> right = 0;
};

Task<SingleFlight::Outcome> counted_call(Shared& shared, std::string key) {
  ++shared.calls;
  const Executor executor = co_await asio::this_coro::executor;
  auto turn = asio::post(executor, use_task);
  co_await std::move(turn);
  co_return outcome_of(std::move(key));
}

Task<void> one_miss(Shared& shared, TaskGroup& calls, std::string key) {
  SingleFlight::Call call = [&shared, key] {
    return counted_call(shared, key);
  };
  auto joining = shared.flights.join(key, calls, std::move(call), Deadline::never());
  const auto ticket = co_await std::move(joining);
  if (ticket && body_of(*ticket) == key) ++shared.right;
}

Task<void> many_misses(Shared& shared) {
  const Executor executor = co_await asio::this_coro::executor;
  TaskGroup calls(executor);
  TaskGroup misses(executor);
  for (int i = 0; i < 2'000; ++i) {
    auto miss = one_miss(shared, calls, "/" + std::to_string(i % 17));
    misses.spawn(std::move(miss));
    if (i % 50 != 0) continue;
    auto turn = asio::post(executor, use_task);
    co_await std::move(turn);
  }
  auto joined = misses.join();
  co_await std::move(joined);
  auto ended = calls.join();
  co_await std::move(ended);
}

Task<void> on_two_threads(Runtime& runtime, Shared& shared) {
  using namespace asio::experimental::awaitable_operators;
  auto other = run_on(runtime.executor(1), many_misses(shared));
  auto both = std::move(other) && many_misses(shared);
  co_await std::move(both);
}

TEST(SingleFlight, IsSharedBetweenThreads) {
  Runtime runtime(2);
  Shared shared;
  auto main = on_two_threads(runtime, shared);
  runtime.run(std::move(main));
  EXPECT_EQ(shared.right, 4'000);
  EXPECT_LT(shared.calls, 4'000);
}

}  // namespace
}  // namespace filmoteka::gateway
