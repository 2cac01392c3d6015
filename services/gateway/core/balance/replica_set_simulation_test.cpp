/// What the balancing does to replicas that are slow, dead, frozen or faulty, in simulated time.
#include <gateway/core/balance/testing/simulated_replicas.hpp>
#include <gtest/gtest.h>

#include <utility>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using State = ReplicaStanding::State;
using Sim = SimulatedReplicas;

TEST(Balancing, EqualReplicasGetEqualParts) {
  Sim sim({{"a", Sim::sound(1ms)}, {"b", Sim::sound(1ms)}, {"c", Sim::sound(1ms)}});
  sim.ask(30'000, 10s);
  EXPECT_EQ(sim.failed, 0);
  for (const auto& [name, calls] : sim.calls) EXPECT_NEAR(calls, 10'000, 500) << name;
}

TEST(Balancing, ChanceInTheFirstAnswersLeavesNobodyWithoutWork) {
  int call = 0;
  const auto slow_at_first = [&call](std::size_t) {
    return Sim::Answer{CallEnd::kAnswered, ++call == 1 ? 4ms : 1ms};
  };
  Sim sim({{"a", slow_at_first}, {"b", Sim::sound(1ms)}});
  sim.ask(1'000, 2s);  // one after the other
  EXPECT_NEAR(sim.calls["a"], 500, 100);
}

TEST(Balancing, ASlowReplicaGetsLittle) {
  Sim sim({{"fast", Sim::sound(1ms)}, {"quick", Sim::sound(1ms)}, {"slow", Sim::sound(40ms)}});
  sim.ask(30'000, 10s);
  EXPECT_EQ(sim.failed, 0);
  EXPECT_LT(sim.calls["slow"], 600);
  EXPECT_GT(sim.calls["slow"], 0) << "it may become faster";
}

TEST(Balancing, ADeadReplicaGetsNothingAfterAFewCallsAndNobodyNotices) {
  Sim sim({{"dead",
            [](std::size_t) {
              return Sim::refused();
            }},
           {"sound", Sim::sound(1ms)}});
  sim.ask(10'000, 10s);
  EXPECT_EQ(sim.answered, 10'000);
  EXPECT_LE(sim.calls["dead"], 3);
}

TEST(Balancing, AReplicaThatComesBackIsAskedWithinTwoSecondsAndNotByAHerd) {
  bool is_dead = true;
  const auto sometimes = [&is_dead](std::size_t) {
    return is_dead ? Sim::refused() : Sim::Answer{CallEnd::kAnswered, 1ms};
  };
  Sim sim({{"a", sometimes}, {"b", Sim::sound(1ms)}});
  sim.ask(60'000, 60s);
  ASSERT_EQ(sim.state_of("a"), State::kSilent);
  is_dead = false;
  sim.calls.clear();
  sim.ask(1'000, 1s);
  EXPECT_EQ(sim.state_of("a"), State::kIn);
  EXPECT_GT(sim.calls["a"], 0);
  EXPECT_LT(sim.calls["a"], 200) << "of 1,000 in the first second";
  sim.ask(10'000, 10s);
  sim.calls.clear();
  sim.ask(10'000, 10s);
  EXPECT_NEAR(sim.calls["a"], 5'000, 500);
  EXPECT_EQ(sim.failed, 0);
}

TEST(Balancing, AFrozenReplicaCostsSomeSlowTriesAndNoHang) {
  bool is_frozen = false;
  const auto sometimes = [&is_frozen](std::size_t) {
    return is_frozen ? Sim::frozen() : Sim::Answer{CallEnd::kAnswered, 1ms};
  };
  Sim sim({{"a", sometimes}, {"b", Sim::sound(1ms)}});
  sim.ask(10'000, 10s);
  is_frozen = true;
  sim.calls.clear();
  sim.longest = {};
  sim.ask(10'000, 10s);
  EXPECT_EQ(sim.failed, 0);
  EXPECT_LE(sim.longest, 260ms);
  EXPECT_LE(sim.calls["a"], 5) << "who has calls under way and no answer is not chosen";
  EXPECT_EQ(sim.state_of("a"), State::kSilent);
  is_frozen = false;
  sim.ask(2'000, 2s);
  EXPECT_EQ(sim.state_of("a"), State::kIn);
}

TEST(Balancing, OneFailureIsForgivenByTheNextProbe) {
  bool fails = false;
  const auto once = [&fails](std::size_t) {
    return std::exchange(fails, false) ? Sim::refused() : Sim::Answer{CallEnd::kAnswered, 1ms};
  };
  Sim sim({{"a", once}, {"b", Sim::sound(1ms)}});
  sim.ask(10'000, 10s);
  fails = true;
  sim.ask(10, 10ms);
  ASSERT_TRUE(sim.set.replicas()[0].has_failed);
  sim.ask(2'000, 2s);
  EXPECT_EQ(sim.failed, 0);
  sim.calls.clear();
  sim.ask(2'000, 2s);
  EXPECT_NEAR(sim.calls["a"], 1'000, 200);
}

TEST(Balancing, WhenAllAreDeadNothingIsAskedAndAllAreBackInTwoSeconds) {
  bool is_dead = false;
  const auto sometimes = [&is_dead](std::size_t) {
    return is_dead ? Sim::refused() : Sim::Answer{CallEnd::kAnswered, 1ms};
  };
  Sim sim({{"a", sometimes}, {"b", sometimes}});
  sim.ask(1'000, 1s);
  is_dead = true;
  sim.calls.clear();
  sim.ask(10'000, 10s);
  EXPECT_LE(sim.calls["a"] + sim.calls["b"], 12) << "of 10,000";
  is_dead = false;
  sim.ask(2'000, 2s);
  sim.answered = 0;
  sim.ask(1'000, 1s);
  EXPECT_EQ(sim.answered, 1'000);
}

TEST(Balancing, RepetitionsAreATenthOfAllWhenEverythingFails) {
  const auto faulty = [](std::size_t) {
    return Sim::fault();
  };
  Sim sim({{"a", faulty}, {"b", faulty}, {"c", faulty}});
  sim.ask(10'000, 10s);
  int all = 0;
  for (const auto& [name, calls] : sim.calls) all += calls;
  EXPECT_GE(all, 10'000) << "they speak: they are asked";
  EXPECT_LE(all, 11'000 + 10 + 5) << "a tenth, the minimum, half of one a second";
}

TEST(Balancing, AFaultyReplicaIsPutOutAndItsFailingFastAttractsNobody) {
  Sim sim({{"faulty",
            [](std::size_t) {
              return Sim::fault();
            }},
           {"sound", Sim::sound(1ms)}});
  sim.ask(10'000, 10s);
  EXPECT_EQ(sim.failed, 0);
  EXPECT_LE(sim.calls["faulty"], 20);
}

TEST(Balancing, AReplicaThatFailsNowAndThenStaysIn) {
  int call = 0;
  const auto flaky = [&call](std::size_t) {
    return ++call % 20 == 0 ? Sim::fault() : Sim::Answer{CallEnd::kAnswered, 1ms};
  };
  Sim sim({{"flaky", flaky}});
  sim.ask(10'000, 10s);
  EXPECT_EQ(sim.state_of("flaky"), State::kIn);
  EXPECT_NEAR(sim.failed, 500, 5);
}

TEST(Balancing, WithTooMuchWorkOneReplicaIsGivenWhatItCanTake) {
  // Four calls at a time, 2 ms each: 2,000 a second. It is asked for 4,000.
  const auto four_at_once = [](std::size_t under_way) {
    return Sim::Answer{CallEnd::kAnswered, 2ms * (1 + under_way / 4)};
  };
  Sim sim({{"a", four_at_once}});
  sim.ask(80'000, 20s);
  EXPECT_EQ(sim.state_of("a"), State::kIn) << "what was refused counts against nobody";
  EXPECT_GT(sim.refusals[NoChoice::kAllFull], 20'000);
  EXPECT_GT(sim.answered, 30'000);
  EXPECT_LT(sim.set.replicas()[0].limit.value(), 300);
}

}  // namespace
}  // namespace filmoteka::gateway
