#include <gateway/core/cache/sieve.hpp>
#include <gtest/gtest.h>

#include <array>

namespace filmoteka::gateway {
namespace {

TEST(SieveQueue, AnEmptyQueueHasNoVictim) {
  SieveQueue queue;
  EXPECT_EQ(queue.victim(), nullptr);
}

TEST(SieveQueue, WithoutHitsTheOldestGoesFirst) {
  SieveQueue queue;
  std::array<SieveLinks, 3> nodes;
  for (SieveLinks& node : nodes) queue.push_newest(node);
  for (SieveLinks& node : nodes) {
    ASSERT_EQ(queue.victim(), &node);
    queue.remove(node);
  }
  EXPECT_EQ(queue.victim(), nullptr);
}

TEST(SieveQueue, AHitSavesOnceAndTheHandStaysWhereItStopped) {
  SieveQueue queue;
  std::array<SieveLinks, 4> nodes;
  for (SieveLinks& node : nodes) queue.push_newest(node);
  nodes[0].visited = true;
  nodes[1].visited = true;
  ASSERT_EQ(queue.victim(), &nodes[2]);
  queue.remove(nodes[2]);
  EXPECT_FALSE(nodes[0].visited);
  EXPECT_FALSE(nodes[1].visited);
  // The survivors lie behind the hand: the newer node goes before them.
  ASSERT_EQ(queue.victim(), &nodes[3]);
  queue.remove(nodes[3]);
  EXPECT_EQ(queue.victim(), &nodes[0]);
}

TEST(SieveQueue, WhenAllWereHitItStillFindsOne) {
  SieveQueue queue;
  std::array<SieveLinks, 3> nodes;
  for (SieveLinks& node : nodes) {
    queue.push_newest(node);
    node.visited = true;
  }
  EXPECT_EQ(queue.victim(), &nodes[0]);
}

TEST(SieveQueue, TheHandSurvivesTheRemovalOfItsNode) {
  SieveQueue queue;
  std::array<SieveLinks, 3> nodes;
  for (SieveLinks& node : nodes) queue.push_newest(node);
  ASSERT_EQ(queue.victim(), &nodes[0]);
  queue.remove(nodes[0]);
  queue.remove(nodes[1]);
  EXPECT_EQ(queue.victim(), &nodes[2]);
}

}  // namespace
}  // namespace filmoteka::gateway
