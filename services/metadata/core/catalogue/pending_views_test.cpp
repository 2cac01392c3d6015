#include <gtest/gtest.h>
#include <metadata/core/catalogue/pending_views.hpp>

namespace filmoteka::metadata {
namespace {

TEST(PendingViews, GivesTheHighestCountOnce) {
  PendingViews pending;
  pending.keep({7, 3});
  pending.keep({7, 5});
  pending.keep({7, 4});
  EXPECT_EQ(pending.take(8), std::nullopt);
  EXPECT_EQ(pending.take(7), 5);
  EXPECT_EQ(pending.take(7), std::nullopt);
  EXPECT_TRUE(pending.empty());
}

TEST(PendingViews, GivesAllByTheirIds) {
  PendingViews pending;
  pending.keep({9, 1});
  pending.keep({8, 2});
  EXPECT_EQ(pending.take_all(), (std::vector<FilmViews>{{8, 2}, {9, 1}}));
  EXPECT_TRUE(pending.empty());
}

TEST(PendingViews, KeepsTheNewestFilmsWhenThereAreTooMany) {
  PendingViews pending;
  constexpr auto kAll = static_cast<domain::MovieId>(PendingViews::kMost) + 10;
  for (domain::MovieId id = kAll; id > 0; --id) pending.keep({id, id});
  EXPECT_EQ(pending.size(), PendingViews::kMost);
  EXPECT_EQ(pending.take(kAll), kAll);
  EXPECT_EQ(pending.take(1), std::nullopt);
}

}  // namespace
}  // namespace filmoteka::metadata
