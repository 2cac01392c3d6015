#include <filmoteka/async/event.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task_group.hpp>

#include <gateway/adapters/dns_replicas.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using Addresses = std::vector<std::string>;
using Answers = std::map<std::string, Result<std::vector<std::string>>>;

Task<Result<std::vector<std::string>>> say(Result<std::vector<std::string>> answer) {
  co_return answer;
}

/// Looks all names up once, with these answers.
Result<void> refresh(NamedReplicas& replicas, const Answers& answers) {
  std::optional<Result<void>> outcome;
  auto look = [&answers](std::string host) {
    return say(answers.at(host));
  };
  auto task = [](NamedReplicas& all, LookUp with, std::optional<Result<void>>& result) -> Task<void> {
    auto refreshing = all.refresh(std::move(with));
    result = co_await std::move(refreshing);
  };
  Runtime runtime(1);
  runtime.run(task(replicas, look, outcome));
  return *outcome;
}

std::vector<std::string> names_of(const NamedReplicas& replicas) {
  std::vector<std::string> names;
  for (const ReplicaAddress& address : replicas.all()) names.push_back(address.name);
  return names;
}

TEST(NamedReplicas, AddressesAreWhatTheyAre) {
  auto replicas = NamedReplicas::make({"http://10.0.0.1:81", "http://[::1]:82/", "http://localhost"}).value();
  EXPECT_FALSE(replicas.has_names());
  EXPECT_THAT(names_of(replicas), ElementsAre("10.0.0.1:81", "[::1]:82", "localhost:80"));
  EXPECT_EQ(replicas.all()[0], (ReplicaAddress{"10.0.0.1:81", "http://10.0.0.1:81", ""}));
}

TEST(NamedReplicas, RefusesWhatIsNoAddress) {
  EXPECT_TRUE(NamedReplicas::make({}).has_error());
  EXPECT_TRUE(NamedReplicas::make({"metadata:8081"}).has_error());
}

TEST(NamedReplicas, ANameIsOneReplicaUntilItWasLookedUp) {
  auto replicas = NamedReplicas::make({"http://metadata:81"}).value();
  EXPECT_TRUE(replicas.has_names());
  EXPECT_THAT(names_of(replicas), ElementsAre("metadata:81"));
  EXPECT_TRUE(refresh(replicas, {{"metadata", Addresses{"10.0.0.2", "10.0.0.1", "10.0.0.2"}}}).has_value());
  EXPECT_THAT(names_of(replicas), ElementsAre("10.0.0.1:81", "10.0.0.2:81"));
  EXPECT_EQ(replicas.all()[0].url, "http://metadata:81") << "what Host says";
  EXPECT_EQ(replicas.all()[0].address, "10.0.0.1");
}

TEST(NamedReplicas, WhatCannotBeLookedUpStaysAsItWas) {
  auto replicas = NamedReplicas::make({"http://a:81", "http://b:81"}).value();
  EXPECT_TRUE(refresh(replicas, {{"a", Addresses{"10.0.0.1"}}, {"b", Addresses{"10.0.0.9"}}}).has_value());
  EXPECT_TRUE(
      refresh(replicas, {{"a", unavailable("DNS is away")}, {"b", Addresses{"10.0.0.8"}}}).has_error());
  EXPECT_THAT(names_of(replicas), ElementsAre("10.0.0.1:81", "10.0.0.8:81"));
  EXPECT_TRUE(refresh(replicas, {{"a", Addresses{}}, {"b", Addresses{"10.0.0.8"}}}).has_error());
  EXPECT_THAT(names_of(replicas), ElementsAre("10.0.0.1:81", "10.0.0.8:81"));
}

TEST(NamedReplicas, OneAddressUnderTwoNamesIsOneReplica) {
  auto replicas = NamedReplicas::make({"http://a:81", "http://b:81"}).value();
  EXPECT_TRUE(refresh(replicas, {{"a", Addresses{"10.0.0.1"}}, {"b", Addresses{"10.0.0.1"}}}).has_value());
  EXPECT_THAT(names_of(replicas), ElementsAre("10.0.0.1:81"));
}

TEST(FollowNames, TellsTheReplicasUntilItIsCancelled) {
  telemetry::Metrics metrics;
  const telemetry::Logger log(nullptr, telemetry::LogLevel::kOff, "gateway");
  Replicas replicas({}, log, metrics);
  auto names = NamedReplicas::make({"http://a:81"}).value();
  int looked = 0;
  LookUp look = [&looked](std::string) {
    return say(Addresses{"10.0.0." + std::to_string(std::min(++looked, 3))});
  };
  auto task = [](NamedReplicas all, Replicas& told, telemetry::Logger to, LookUp with) -> Task<void> {
    TaskGroup group(co_await asio::this_coro::executor);
    group.spawn(follow_names(std::move(all), told, 1ms, to, std::move(with)));
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (told.version() < 3 && std::chrono::steady_clock::now() < end) {
      auto pause = sleep_for(1ms);
      co_await std::move(pause);
    }
    group.cancel();
    auto ended = group.join();
    co_await std::move(ended);
  };
  Runtime runtime(1);
  runtime.run(task(std::move(names), replicas, log, look));
  EXPECT_EQ(replicas.version(), 3);
  EXPECT_EQ(replicas.address_of(1), std::nullopt);
  EXPECT_EQ(replicas.address_of(3)->name, "10.0.0.3:81");
}

}  // namespace
}  // namespace filmoteka::gateway
