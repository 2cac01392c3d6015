#include <gateway/core/balance/replica_set.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using State = ReplicaStanding::State;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr SteadyTime kStart{1h};

ReplicaSet set_of(std::vector<std::string> names, const BalanceSettings& settings = {}) {
  ReplicaSet set(settings, 7);
  set.replace(names, kStart);
  return set;
}

ReplicaChoice choose(ReplicaSet& set, SteadyTime now = kStart) {
  return std::get<ReplicaChoice>(set.choose(true, now));
}

/// Asks until each replica of those names has failed so often in a row.
void fail(ReplicaSet& set, const std::string& name, CallEnd end, int times) {
  const ReplicaId id = std::ranges::find(set.replicas(), name, &ReplicaSet::Replica::name)->id;
  std::vector<ReplicaId> others;
  for (const auto& replica : set.replicas()) {
    if (replica.id != id) others.push_back(replica.id);
  }
  for (int i = 0; i < times; ++i) {
    for (int call = 0; call < 10; ++call) {
      set.ended(choose(set), CallEnd::kGivenUp, kStart);  // for the budget
    }
    set.ended(std::get<ReplicaChoice>(set.choose_again(others, kStart)), end, kStart);
  }
}

State state_of(const ReplicaSet& set, const std::string& name) {
  return std::ranges::find(set.replicas(), name, &ReplicaSet::Replica::name)->standing.state();
}

TEST(ReplicaSet, WithoutReplicasNobodyCanBeAsked) {
  ReplicaSet set = set_of({});
  EXPECT_EQ(std::get<NoChoice>(set.choose(true, kStart)), NoChoice::kAllOut);
}

TEST(ReplicaSet, ARepetitionGoesToSomebodyElse) {
  ReplicaSet set = set_of({"a", "b"});
  const ReplicaChoice first = choose(set);
  set.ended(first, CallEnd::kSilence, kStart);
  const ReplicaChoice second = std::get<ReplicaChoice>(set.choose_again(std::vector{first.replica}, kStart));
  EXPECT_NE(first.replica, second.replica);
  EXPECT_FALSE(second.may_cut) << "nobody else is left";
  set.ended(second, CallEnd::kSilence, kStart);
  const auto third = set.choose_again(std::vector{first.replica, second.replica}, kStart);
  EXPECT_EQ(std::get<NoChoice>(third), NoChoice::kAllOut);
}

TEST(ReplicaSet, OnlyWhatCanBeRepeatedIsCut) {
  ReplicaSet set = set_of({"a", "b"});
  EXPECT_TRUE(std::get<ReplicaChoice>(set.choose(true, kStart)).may_cut);
  EXPECT_FALSE(std::get<ReplicaChoice>(set.choose(false, kStart)).may_cut);
  ReplicaSet alone = set_of({"a"});
  EXPECT_FALSE(choose(alone).may_cut);
  BalanceSettings no_retries;
  no_retries.retries.minimum = 0;
  ReplicaSet broke = set_of({"a", "b"}, no_retries);
  EXPECT_FALSE(choose(broke).may_cut);
}

TEST(ReplicaSet, WhatIsGivenUpSaysNothing) {
  ReplicaSet set = set_of({"a"});
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(set.ended(choose(set), CallEnd::kGivenUp, kStart), ReplicaStanding::Change::kNone);
  EXPECT_EQ(set.replicas()[0].in_flight, 0);
  EXPECT_EQ(set.replicas()[0].time.value(kStart), std::nullopt);
}

TEST(ReplicaSet, CallsFromBeforeAReturnSayNothingAboutNow) {
  ReplicaSet set = set_of({"a"});
  std::vector<ReplicaChoice> old;
  for (int i = 0; i < 6; ++i) old.push_back(choose(set));
  for (int i = 0; i < 3; ++i) set.ended(old[static_cast<std::size_t>(i)], CallEnd::kSilence, kStart);
  ASSERT_EQ(state_of(set, "a"), State::kSilent);
  ASSERT_THAT(set.begin_probes(kStart + 1s), SizeIs(1));
  EXPECT_EQ(set.probed(1, CallEnd::kAnswered, kStart + 1s), ReplicaStanding::Change::kBack);
  for (int i = 3; i < 6; ++i) set.ended(old[static_cast<std::size_t>(i)], CallEnd::kSilence, kStart + 1s);
  EXPECT_EQ(state_of(set, "a"), State::kIn);
  EXPECT_EQ(set.replicas()[0].in_flight, 0);
}

TEST(ReplicaSet, NoMoreThanHalfArePutOutForFaults) {
  ReplicaSet set = set_of({"a", "b", "c", "d"});
  for (const char* name : {"a", "b", "c", "d"}) fail(set, name, CallEnd::kFault, 5);
  EXPECT_EQ(state_of(set, "a"), State::kFaulty);
  EXPECT_EQ(state_of(set, "b"), State::kFaulty);
  EXPECT_EQ(state_of(set, "c"), State::kIn);
  EXPECT_EQ(state_of(set, "d"), State::kIn);
  ReplicaSet alone = set_of({"a"});
  fail(alone, "a", CallEnd::kFault, 20);
  EXPECT_EQ(state_of(alone, "a"), State::kIn);
}

TEST(ReplicaSet, WhenMostAreOutTheFaultyAreAskedAgainAndTheSilentNever) {
  ReplicaSet set = set_of({"a", "b"});
  fail(set, "a", CallEnd::kFault, 5);
  const ReplicaId b = choose(set).replica;
  EXPECT_EQ(set.replicas()[b - 1].name, "b") << "half are out: health counts";
  fail(set, "b", CallEnd::kSilence, 3);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(choose(set).replica, 1);
}

TEST(ReplicaSet, WhenAllAreFullTheCallIsRefusedAndNobodyIsBlamed) {
  BalanceSettings eight;
  eight.limit.most = 8;
  ReplicaSet set = set_of({"a", "b"}, eight);
  for (int i = 0; i < 16; ++i) choose(set);
  EXPECT_EQ(std::get<NoChoice>(set.choose(true, kStart)), NoChoice::kAllFull);
  for (const auto& replica : set.replicas()) {
    EXPECT_EQ(replica.in_flight, 8);
    EXPECT_EQ(replica.standing.state(), State::kIn);
  }
}

TEST(ReplicaSet, ReplicasComeAndGoWhileTheyAreAsked) {
  ReplicaSet set = set_of({"a", "b"});
  std::vector<ReplicaChoice> calls;
  for (int i = 0; i < 10; ++i) calls.push_back(choose(set));
  EXPECT_FALSE(set.replace(std::vector<std::string>{"b", "a"}, kStart));
  EXPECT_TRUE(set.replace(std::vector<std::string>{"b", "c"}, kStart));
  EXPECT_THAT(set.replicas(), SizeIs(2));
  EXPECT_EQ(set.replicas()[0].in_flight, 5) << "b is the same as before";
  EXPECT_EQ(set.replicas()[1].id, 3) << "numbers are not used again";
  EXPECT_EQ(set.replicas()[1].standing.weight(kStart), 0.1);
  for (const ReplicaChoice& call : calls) set.ended(call, CallEnd::kAnswered, kStart + 1ms);
  EXPECT_EQ(set.replicas()[0].in_flight, 0);
  EXPECT_THAT(set.begin_probes(kStart), ElementsAre(2, 3));
  EXPECT_EQ(set.probed(1, CallEnd::kSilence, kStart), ReplicaStanding::Change::kNone) << "it is gone";
}

}  // namespace
}  // namespace filmoteka::gateway
