#include <gateway/core/cache/group_generations.hpp>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace filmoteka::gateway {
namespace {

using Groups = std::vector<std::uint64_t>;

TEST(GroupGenerations, AnAnswerIsGoodUntilOneOfItsGroupsIsInvalidatedLater) {
  GroupGenerations generations;
  const Groups groups = {group_hash("film-7"), group_hash("lists")};
  EXPECT_TRUE(generations.is_valid(groups, 10));
  generations.invalidate(group_hash("film-7"), 10);
  EXPECT_TRUE(generations.is_valid(groups, 10)) << "it was made with that change";
  EXPECT_FALSE(generations.is_valid(groups, 9));
  generations.invalidate(group_hash("lists"), 11);
  EXPECT_FALSE(generations.is_valid(groups, 10));
  EXPECT_TRUE(generations.is_valid(groups, 11));
}

TEST(GroupGenerations, TouchesNoOtherGroup) {
  GroupGenerations generations;
  generations.invalidate(group_hash("film-7"), 100);
  const Groups other = {group_hash("film-8")};
  EXPECT_TRUE(generations.is_valid(other, 1));
  EXPECT_TRUE(generations.is_valid({}, 0));
}

TEST(GroupGenerations, NewsThatComeLateTakeNothingBack) {
  GroupGenerations generations;
  const Groups groups = {group_hash("film-7")};
  generations.invalidate(groups[0], 20);
  generations.invalidate(groups[0], 10);
  EXPECT_FALSE(generations.is_valid(groups, 15));
}

TEST(GroupGenerations, AllCanBeInvalidatedAtOnce) {
  GroupGenerations generations;
  generations.invalidate_all(5);
  EXPECT_FALSE(generations.is_valid({}, 4));
  EXPECT_TRUE(generations.is_valid({}, 5));
}

TEST(GroupGenerations, TheHighestStampOfAllThreadsCounts) {
  GroupGenerations generations;
  const Groups groups = {group_hash("film-7")};
  std::vector<std::thread> threads;
  for (std::uint64_t first = 0; first < 4; ++first) {
    threads.emplace_back([&, first] {
      for (std::uint64_t stamp = first; stamp <= 10'000; stamp += 4) generations.invalidate(groups[0], stamp);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(generations.is_valid(groups, 9'999));
  EXPECT_TRUE(generations.is_valid(groups, 10'000));
}

}  // namespace
}  // namespace filmoteka::gateway
