#include <gtest/gtest.h>
#include <metadata/core/live/commit_order.hpp>

#include <algorithm>
#include <random>

namespace filmoteka::metadata {
namespace {

std::vector<Change> changes(domain::Revision before, domain::Revision after) {
  std::vector<Change> result;
  for (auto revision = before + 1; revision <= after; ++revision) result.push_back({revision, revision, {}});
  return result;
}

std::vector<domain::Revision> revisions(const std::vector<Change>& changes) {
  std::vector<domain::Revision> result;
  for (const Change& change : changes) result.push_back(change.revision);
  return result;
}

TEST(CommitOrder, a_commit_waits_for_the_one_before_it) {
  CommitOrder order;
  order.start_at(10);
  EXPECT_TRUE(order.add(12, 13, changes(12, 13)).empty());
  EXPECT_EQ(order.waiting(), 1U);
  EXPECT_EQ(revisions(order.add(10, 12, changes(10, 12))), (std::vector<domain::Revision>{11, 12, 13}));
  EXPECT_EQ(order.taken(), 13);
  EXPECT_EQ(order.waiting(), 0U);
}

TEST(CommitOrder, what_was_taken_is_not_taken_again) {
  CommitOrder order;
  EXPECT_EQ(revisions(order.add(0, 3, changes(0, 3))), (std::vector<domain::Revision>{1, 2, 3}));
  EXPECT_TRUE(order.add(0, 3, changes(0, 3)).empty());
  EXPECT_EQ(revisions(order.add(1, 5, changes(1, 5))), (std::vector<domain::Revision>{4, 5}));
}

// A feed tells a film only with its last change: revisions of earlier ones are missing in it.
TEST(CommitOrder, gaps_inside_a_commit_are_no_gaps_between_commits) {
  CommitOrder order;
  EXPECT_EQ(order.add(0, 9, {{7, 9, {}}}).size(), 1U);
  EXPECT_EQ(order.taken(), 9);
  EXPECT_TRUE(order.add(9, 12, {}).empty());
  EXPECT_EQ(order.taken(), 12);
}

TEST(CommitOrder, every_order_of_arrival_gives_the_same) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::pair<domain::Revision, domain::Revision>> commits;
    for (domain::Revision at = 0; at < 40;) {
      const auto next = at + 1 + static_cast<domain::Revision>(random() % 5);
      commits.emplace_back(at, next);
      if (random() % 3 == 0) commits.emplace_back(at, next);  // also by the feed
      at = next;
    }
    const domain::Revision last = commits.back().second;
    std::shuffle(commits.begin(), commits.end(), random);
    CommitOrder order;
    std::vector<domain::Revision> taken;
    for (const auto& [before, after] : commits) {
      const auto now = revisions(order.add(before, after, changes(before, after)));
      taken.insert(taken.end(), now.begin(), now.end());
    }
    ASSERT_EQ(taken.size(), static_cast<std::size_t>(last));
    ASSERT_TRUE(std::is_sorted(taken.begin(), taken.end()));
    ASSERT_EQ(order.taken(), last);
    ASSERT_EQ(order.waiting(), 0U);
  }
}

}  // namespace
}  // namespace filmoteka::metadata
