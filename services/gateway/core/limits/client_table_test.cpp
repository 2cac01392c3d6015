#include <gateway/core/limits/client_table.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <thread>
#include <vector>

namespace filmoteka::gateway {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

std::uint64_t mixed(std::uint64_t number) {  // splitmix64
  number += 0x9e3779b97f4a7c15U;
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9U;
  number = (number ^ (number >> 27)) * 0x94d049bb133111ebU;
  return number ^ (number >> 31);
}

TEST(Gcra, LetsTheQuotaPassAtOnceAndThenOneAnInterval) {
  const Pace pace = Pace::of(7, std::chrono::seconds(60));
  std::uint64_t paid_at = 0;
  const std::uint64_t now = 5 * kSecond;
  for (int i = 0; i < 7; ++i) {
    const Spent spent = spend(paid_at, now, pace);
    EXPECT_TRUE(spent.allowed);
    paid_at = now + spent.debt;
  }
  const Spent refused = spend(paid_at, now, pace);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.wait, pace.interval);
  EXPECT_FALSE(spend(paid_at, now + refused.wait - 1, pace).allowed);
  EXPECT_TRUE(spend(paid_at, now + refused.wait, pace).allowed);
}

TEST(Gcra, AShareNeverFallsBelowOneRequest) {
  const Pace pace = Pace::of(10, std::chrono::seconds(60)).share(50);
  EXPECT_TRUE(spend(0, kSecond, pace).allowed);
  EXPECT_EQ(Pace::of(10, std::chrono::seconds(60)).share(2).interval, 12 * kSecond);
}

/// The definition, with nothing clever: each client's allowed requests are a bucket that leaks.
class NaiveGcra {
 public:
  explicit NaiveGcra(const Pace& pace) : pace_(pace) {}
  bool take(std::uint64_t client, std::uint64_t now) {
    auto& [level, at] = buckets_[client];
    const std::uint64_t leaked = now - at;
    level = level > leaked ? level - leaked : 0;
    at = now;
    if (level + pace_.interval > pace_.window) return false;
    level += pace_.interval;
    return true;
  }

 private:
  Pace pace_;
  std::map<std::uint64_t, std::pair<std::uint64_t, std::uint64_t>> buckets_;
};

TEST(ClientTable, DecidesAsTheDefinitionDoes) {
  std::mt19937_64 random(20261127);
  for (int round = 0; round < 20; ++round) {
    const Pace pace =
        Pace::of(static_cast<std::uint32_t>(1 + random() % 40), std::chrono::seconds(1 + random() % 90));
    ClientTable table(std::size_t{1} << 14);
    NaiveGcra naive(pace);
    std::uint64_t now = kSecond;
    for (int i = 0; i < 20'000; ++i) {
      now += random() % (pace.interval / 20 + 1);
      const std::uint64_t client = mixed(random() % 50);
      const Spent spent = table.take(client, now, pace);
      ASSERT_EQ(spent.allowed, naive.take(client, now)) << round << " " << i;
      ASSERT_LE(spent.debt, pace.window);
    }
  }
}

TEST(ClientTable, AFullTableForgetsWhoOwesLeastAndRefusesNobodyNew) {
  const Pace pace = Pace::of(100, std::chrono::seconds(60));
  ClientTable table(8);  // one bucket
  const std::uint64_t heavy = mixed(0);
  for (int i = 0; i < 100; ++i) table.take(heavy, kSecond, pace);
  for (std::uint64_t client = 1; client <= 1'000; ++client) {
    const Spent spent = table.take(mixed(client), kSecond, pace);
    ASSERT_TRUE(spent.allowed);
    ASSERT_EQ(spent.debt, pace.interval) << "it pays for nobody else";
  }
  EXPECT_FALSE(table.take(heavy, kSecond, pace).allowed);
}

TEST(ClientTable, AMillionClientsAreKeptApartIn64MiB) {
  ClientTable table(std::size_t{1} << 22);
  EXPECT_LE(table.bytes(), std::size_t{64} << 20);
  const Pace pace = Pace::of(1, std::chrono::seconds(60));
  constexpr std::uint64_t kClients = 1'000'000;
  for (std::uint64_t client = 0; client < kClients; ++client) {
    ASSERT_TRUE(table.take(mixed(client), kSecond, pace).allowed) << client;
  }
  std::uint64_t forgotten = 0;
  for (std::uint64_t client = 0; client < kClients; ++client) {
    forgotten += table.take(mixed(client), kSecond, pace).allowed;
  }
  EXPECT_LT(forgotten, kClients / 1'000);
}

TEST(ClientTable, RaisesButNeverLowers) {
  const Pace pace = Pace::of(10, std::chrono::seconds(10));
  ClientTable table(64);
  table.raise(1, 9 * kSecond);
  table.raise(1, 5 * kSecond);
  EXPECT_EQ(table.take(1, kSecond, pace).debt, 9 * kSecond);
}

TEST(ClientTable, ThreadsTogetherGetNoMoreThanTheQuota) {
  const Pace pace = Pace::of(5'000, std::chrono::seconds(60));
  ClientTable table(std::size_t{1} << 12);
  std::atomic<int> allowed = 0;
  // It owes more than those who come once, so that none of them takes its place.
  for (; allowed < 100; ++allowed) ASSERT_TRUE(table.take(mixed(1), kSecond, pace).allowed);
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&, thread] {
        for (std::uint64_t i = 0; i < 4'000; ++i) {
          allowed += table.take(mixed(1), kSecond, pace).allowed;
          table.take(mixed(100 + i * 4 + static_cast<std::uint64_t>(thread)), kSecond, pace);
        }
      });
    }
  }
  EXPECT_EQ(allowed, 5'000);
}

}  // namespace
}  // namespace filmoteka::gateway
