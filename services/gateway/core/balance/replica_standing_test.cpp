#include <gateway/core/balance/replica_standing.hpp>
#include <gtest/gtest.h>

#include <vector>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using State = ReplicaStanding::State;
using Change = ReplicaStanding::Change;

constexpr SteadyTime kStart{1h};

Change call(ReplicaStanding& standing, CallEnd end, int times, SteadyTime now = kStart,
            bool may_be_faulty = true) {
  Change change = Change::kNone;
  for (int i = 0; i < times; ++i) change = standing.called(end, may_be_faulty, now);
  return change;
}

/// How long it takes until it wants to be probed.
std::chrono::milliseconds until_probe(ReplicaStanding& standing, SteadyTime now) {
  std::chrono::milliseconds passed{0};
  while (!standing.begin_probe(now + passed)) passed += 10ms;
  return passed;
}

TEST(ReplicaStanding, ThreeSilencesInARowPutItOut) {
  ReplicaStanding standing({}, kStart);
  EXPECT_EQ(call(standing, CallEnd::kSilence, 2), Change::kNone);
  call(standing, CallEnd::kAnswered, 1);
  EXPECT_EQ(call(standing, CallEnd::kSilence, 2), Change::kNone);
  EXPECT_EQ(call(standing, CallEnd::kSilence, 1), Change::kOut);
  EXPECT_EQ(standing.state(), State::kSilent);
  EXPECT_EQ(call(standing, CallEnd::kSilence, 9), Change::kNone);
}

TEST(ReplicaStanding, FiveFaultsInARowPutItOutIfTheyMay) {
  ReplicaStanding standing({}, kStart);
  EXPECT_EQ(call(standing, CallEnd::kFault, 9, kStart, false), Change::kNone);
  EXPECT_EQ(call(standing, CallEnd::kFault, 1), Change::kOut);
  EXPECT_EQ(standing.state(), State::kFaulty);
}

TEST(ReplicaStanding, SilencesAndFaultsInTurnCountTogether) {
  ReplicaStanding standing({}, kStart);
  for (int i = 0; i < 2; ++i) {
    call(standing, CallEnd::kFault, 1);
    call(standing, CallEnd::kSilence, 1);
  }
  EXPECT_EQ(call(standing, CallEnd::kFault, 1), Change::kOut);
}

TEST(ReplicaStanding, ASuccessfulProbeDoesNotExcuseFaults) {
  ReplicaStanding standing({}, kStart);
  call(standing, CallEnd::kFault, 4);
  EXPECT_TRUE(standing.begin_probe(kStart));
  EXPECT_EQ(standing.probed(CallEnd::kAnswered, kStart), Change::kNone);
  EXPECT_EQ(call(standing, CallEnd::kFault, 1), Change::kOut);
}

TEST(ReplicaStanding, ProbesAloneNoticeThatItIsAway) {
  ReplicaStanding standing({}, kStart);
  SteadyTime now = kStart;
  Change change = Change::kNone;
  for (int i = 0; i < 3; ++i) {
    now += until_probe(standing, now);
    change = standing.probed(CallEnd::kSilence, now);
  }
  EXPECT_EQ(change, Change::kOut);
  EXPECT_EQ(now - kStart, 2s);
}

TEST(ReplicaStanding, OneProbeAtATime) {
  ReplicaStanding standing({}, kStart);
  EXPECT_TRUE(standing.begin_probe(kStart));
  EXPECT_FALSE(standing.begin_probe(kStart + 1h));
  standing.probed(CallEnd::kGivenUp, kStart + 1h);
  EXPECT_FALSE(standing.begin_probe(kStart + 1h));
  EXPECT_TRUE(standing.begin_probe(kStart + 1h + 1s));
}

TEST(ReplicaStanding, WhoWasSilentIsAskedAgainAllTheTime) {
  ReplicaStanding standing({}, kStart);
  call(standing, CallEnd::kSilence, 3);
  for (int i = 0; i < 20; ++i) {
    EXPECT_LE(until_probe(standing, kStart + i * 1s), 500ms);
    EXPECT_EQ(standing.probed(CallEnd::kSilence, kStart + i * 1s), Change::kNone);
  }
  EXPECT_EQ(until_probe(standing, kStart + 20s), 0ms);
  EXPECT_EQ(standing.probed(CallEnd::kAnswered, kStart + 20s), Change::kBack);
  EXPECT_EQ(standing.state(), State::kIn);
}

TEST(ReplicaStanding, WhoIsFaultyAgainAndAgainStaysOutForLonger) {
  ReplicaStanding standing({}, kStart);
  SteadyTime now = kStart;
  std::vector<std::chrono::milliseconds> pauses;
  for (int i = 0; i < 8; ++i) {
    call(standing, CallEnd::kFault, 5, now);
    pauses.push_back(until_probe(standing, now));
    now += pauses.back();
    EXPECT_EQ(standing.probed(CallEnd::kAnswered, now), Change::kBack);
  }
  EXPECT_EQ(pauses, (std::vector<std::chrono::milliseconds>{500ms, 1s, 2s, 4s, 8s, 16s, 30s, 30s}));
  now += 61s;
  call(standing, CallEnd::kFault, 5, now);
  EXPECT_EQ(until_probe(standing, now), 500ms) << "a minute without a fault: forgiven";
}

TEST(ReplicaStanding, WhoAnswersFaultsAfterSilenceIsFaulty) {
  ReplicaStanding standing({}, kStart);
  call(standing, CallEnd::kSilence, 3);
  EXPECT_TRUE(standing.begin_probe(kStart + 1s));
  standing.probed(CallEnd::kFault, kStart + 1s);
  EXPECT_EQ(standing.state(), State::kFaulty);
}

TEST(ReplicaStanding, IsAskedLittleAfterItsReturn) {
  ReplicaStanding standing({}, kStart);
  EXPECT_EQ(standing.weight(kStart), 1);
  const auto generation = standing.generation();
  call(standing, CallEnd::kSilence, 3);
  EXPECT_TRUE(standing.begin_probe(kStart + 1s));
  standing.probed(CallEnd::kAnswered, kStart + 1s);
  EXPECT_EQ(standing.generation(), generation + 2);
  EXPECT_EQ(standing.weight(kStart + 1s), 0.1);
  EXPECT_NEAR(standing.weight(kStart + 3'500ms), 0.5, 0.001);
  EXPECT_EQ(standing.weight(kStart + 6s), 1);
}

}  // namespace
}  // namespace filmoteka::gateway
