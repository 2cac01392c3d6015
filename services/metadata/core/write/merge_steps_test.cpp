#include <gtest/gtest.h>
#include <metadata/core/testing/memory_store.hpp>
#include <metadata/testing/films.hpp>

namespace filmoteka::metadata {
namespace {

struct MergeSteps : ::testing::Test {
  MergeSteps() {
    const auto rows = testing::films(1, 3);
    store.must(UpsertMovies{rows});
    store.films.at(1).local_views = 5;
    store.films.at(2).local_views = 7;
  }
  ErrorCode refusal(const Write& write) { return store.write(write).error().code; }
  testing::MemoryStore store;
};

TEST_F(MergeSteps, a_merge_joins_records_and_views) {
  const WritePlan plan = store.must(MergeMovies{1, std::nullopt, 2});
  EXPECT_EQ(plan.outcomes.at(0).status, WriteStatus::kMerged);
  EXPECT_EQ(plan.outcomes.at(0).revision, 5);
  EXPECT_EQ(plan.films.front().kind, FilmWrite::Kind::kDelete);
  const domain::Movie& movie = store.films.at(1);
  EXPECT_EQ(movie.local_views, 12);
  ASSERT_EQ(movie.records.size(), 2U);
  EXPECT_EQ(movie.records[1].source_id, "2");
  EXPECT_EQ(store.deleted.at(2), 4);
  EXPECT_EQ(refusal(MergeMovies{1, std::nullopt, 2}), ErrorCode::kNotFound);
  EXPECT_EQ(refusal(MergeMovies{1, std::nullopt, 1}), ErrorCode::kInvalidArgument);
}

TEST_F(MergeSteps, a_split_undoes_a_merge_and_says_that_they_differ) {
  const domain::MovieFacts before = store.films.at(1).facts;
  store.must(MergeMovies{1, std::nullopt, 2});
  const WritePlan plan = store.must(SplitMovie{1, std::nullopt, "test", "2"});
  ASSERT_EQ(plan.outcomes.size(), 2U);
  EXPECT_EQ(plan.outcomes[0].status, WriteStatus::kUpdated);
  EXPECT_EQ(plan.outcomes[1].status, WriteStatus::kCreated);
  EXPECT_EQ(plan.outcomes[1].id, 4);
  EXPECT_EQ(store.films.at(1).facts, before);
  EXPECT_TRUE(store.films.at(1).records.empty());
  EXPECT_EQ(store.films.at(4).facts.source_id, "2");
  EXPECT_TRUE(store.reviews.at({1, 4}));
  EXPECT_EQ(refusal(SplitMovie{1, std::nullopt, "test", "2"}), ErrorCode::kNotFound);
  EXPECT_EQ(refusal(SplitMovie{1, std::nullopt, "test", "1"}), ErrorCode::kConflict);
}

TEST_F(MergeSteps, the_main_record_can_be_split_off) {
  store.must(MergeMovies{1, std::nullopt, 2});
  const WritePlan plan = store.must(SplitMovie{1, std::nullopt, "test", "1"});
  EXPECT_TRUE(plan.films.at(0).main_changed);
  EXPECT_EQ(store.films.at(1).facts.source_id, "2");
  EXPECT_EQ(store.films.at(4).facts.source_id, "1");
}

TEST_F(MergeSteps, a_split_record_stays_apart_when_its_source_speaks_again) {
  store.must(MergeMovies{1, std::nullopt, 2});
  store.must(SplitMovie{1, std::nullopt, "test", "2"});
  domain::MovieFacts row = testing::film(1);
  row.source_id = "2";
  store.must(UpsertMovies{std::span(&row, 1)});
  EXPECT_EQ(store.films.at(4).facts.title, row.title);
  EXPECT_TRUE(store.films.at(1).records.empty());
}

TEST_F(MergeSteps, a_review_can_be_dismissed_again_and_again) {
  EXPECT_EQ(store.must(DismissReview{3, 1}).dismissed_reviews.at(0), (Review{1, 3, ""}));
  EXPECT_TRUE(store.must(DismissReview{1, 3}).films.empty());
  EXPECT_TRUE(store.reviews.at({1, 3}));
  EXPECT_EQ(refusal(DismissReview{1, 9}), ErrorCode::kNotFound);
}

TEST_F(MergeSteps, edits_survive_a_merge) {
  store.must(PatchMovie{1, std::nullopt, R"({"title":"Моё"})"});
  store.must(MergeMovies{1, std::nullopt, 2});
  EXPECT_EQ(store.films.at(1).facts.title, "Моё");
}

}  // namespace
}  // namespace filmoteka::metadata
