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
  const std::int64_t views = store.films.at(1).views() + store.films.at(2).views();
  const WritePlan plan = store.must(MergeMovies{1, std::nullopt, 2});
  EXPECT_EQ(plan.outcomes.at(0).status, WriteStatus::kMerged);
  EXPECT_EQ(plan.outcomes.at(0).revision, 5);
  EXPECT_EQ(plan.films.front().kind, FilmWrite::Kind::kDelete);
  const domain::Movie& movie = store.films.at(1);
  EXPECT_EQ(movie.views(), views);
  ASSERT_EQ(movie.records.size(), 2U);
  EXPECT_EQ(movie.records[1].source_id, "2");
  EXPECT_EQ(store.deleted.at(2), 4);
  EXPECT_EQ(refusal(MergeMovies{1, std::nullopt, 2}), ErrorCode::kNotFound);
  EXPECT_EQ(refusal(MergeMovies{1, std::nullopt, 1}), ErrorCode::kInvalidArgument);
}

TEST_F(MergeSteps, a_split_undoes_a_merge_and_says_that_they_differ) {
  const domain::MovieFacts before = store.films.at(1).facts;
  const domain::Movie other = store.films.at(2);
  store.must(MergeMovies{1, std::nullopt, 2});
  const WritePlan plan = store.must(SplitMovie{1, std::nullopt, "test", "2"});
  ASSERT_EQ(plan.outcomes.size(), 2U);
  EXPECT_EQ(plan.outcomes[0].status, WriteStatus::kUpdated);
  EXPECT_EQ(plan.outcomes[1].status, WriteStatus::kCreated);
  EXPECT_EQ(plan.outcomes[1].id, 2) << "it has its id again";
  EXPECT_EQ(store.films.at(1).facts, before);
  EXPECT_EQ(store.films.at(1).local_views, 5);
  EXPECT_EQ(store.films.at(2).facts, other.facts);
  EXPECT_EQ(store.films.at(2).local_views, 7);
  EXPECT_EQ(store.films.at(2).added_at, other.added_at);
  EXPECT_TRUE(store.reviews.at({1, 2}));
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
  EXPECT_EQ(store.films.at(2).facts.title, row.title);
  EXPECT_EQ(records_of(store.films.at(1)).size(), 1U);
  // Even when it was forgotten meanwhile: people have said that they differ.
  store.must(DeleteMovie{2, std::nullopt});
  domain::MovieFacts same = testing::film(1);
  same.source_id = "2";
  EXPECT_EQ(store.must(UpsertMovies{std::span(&same, 1)}).outcomes.at(0).status, WriteStatus::kCreated);
  EXPECT_EQ(records_of(store.films.at(1)).size(), 1U);
}

TEST_F(MergeSteps, a_split_gives_back_edits_and_all_records_of_the_film_that_was_merged) {
  store.must(PatchMovie{1, std::nullopt, R"({"title":"Моё"})"});
  store.must(PatchMovie{2, std::nullopt, R"({"title":"Второй","rating":9})"});
  store.must(MergeMovies{2, std::nullopt, 3});
  const domain::Movie second = store.films.at(2);
  store.must(MergeMovies{1, std::nullopt, 2});
  EXPECT_EQ(store.films.at(1).facts.title, "Моё");
  EXPECT_EQ(store.films.at(1).records.size(), 3U);
  store.must(SplitMovie{1, std::nullopt, "test", "2"});
  EXPECT_TRUE(has_same_content(store.films.at(2), second)) << store.films.at(2).edits;
  EXPECT_EQ(records_of(store.films.at(1)).size(), 1U);
  store.must(SplitMovie{2, std::nullopt, "test", "3"});
  EXPECT_EQ(store.films.at(3).facts.source_id, "3");
  EXPECT_EQ(store.films.at(2).facts.title, "Второй");
  EXPECT_EQ(store.films.at(2).local_views, 7);
}

TEST_F(MergeSteps, views_counted_while_they_were_one_stay_with_the_film) {
  store.must(MergeMovies{1, std::nullopt, 2});
  store.films.at(1).local_views += 4;
  store.must(SplitMovie{1, std::nullopt, "test", "2"});
  EXPECT_EQ(store.films.at(1).local_views, 9);
  EXPECT_EQ(store.films.at(2).local_views, 7);
}

TEST_F(MergeSteps, edits_leave_alone_what_a_split_needs) {
  store.must(MergeMovies{1, std::nullopt, 2});
  store.must(PatchMovie{1, std::nullopt, R"({"title":"Моё"})"});
  domain::MovieFacts wanted = store.films.at(1).facts;
  wanted.title = "Целиком";
  store.must(ReplaceMovie{1, std::nullopt, wanted});
  store.must(UndoEdits{1, std::nullopt, ""});
  store.must(SplitMovie{1, std::nullopt, "test", "2"});
  EXPECT_EQ(store.films.at(2).local_views, 7);
}

TEST_F(MergeSteps, an_id_that_is_taken_meanwhile_is_not_given_back) {
  store.must(MergeMovies{1, std::nullopt, 2});
  domain::Movie restored;
  restored.id = 2;
  restored.revision = 50;
  restored.facts = testing::film(9);
  restored.added_at = store.now;
  restored.facts.added_at = store.now;
  store.must(RestoreMovies{std::span(&restored, 1), {}});
  EXPECT_EQ(store.must(SplitMovie{1, std::nullopt, "test", "2"}).outcomes.at(1).id, 4);
}

TEST_F(MergeSteps, films_with_different_numbers_are_not_merged) {
  store.must(PatchMovie{1, std::nullopt, R"({"ids":{"imdb":"tt1","kp":"5"}})"});
  store.must(PatchMovie{2, std::nullopt, R"({"ids":{"imdb":"tt2"}})"});
  const auto refused = store.write(MergeMovies{1, std::nullopt, 2});
  ASSERT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_NE(refused.error().message.find("tt1"), std::string::npos);
  EXPECT_NE(refused.error().message.find("tt2"), std::string::npos);
  store.must(PatchMovie{2, std::nullopt, R"({"ids":{"imdb":"tt1"}})"});
  store.must(MergeMovies{1, std::nullopt, 2});
}

TEST_F(MergeSteps, a_review_can_be_dismissed_again_and_again) {
  EXPECT_EQ(store.must(DismissReview{3, 1}).dismissed_reviews.at(0), (Review{1, 3, ""}));
  EXPECT_TRUE(store.must(DismissReview{1, 3}).films.empty());
  EXPECT_TRUE(store.reviews.at({1, 3}));
  EXPECT_EQ(refusal(DismissReview{1, 9}), ErrorCode::kNotFound);
}

TEST_F(MergeSteps, a_dismissed_review_can_be_opened_again) {
  store.must(DismissReview{1, 3});
  EXPECT_FALSE(store.must(ReopenReview{3, 1}).empty());
  EXPECT_FALSE(store.reviews.at({1, 3}));
  store.must(ReopenReview{1, 2});
  EXPECT_FALSE(store.reviews.contains({1, 2})) << "nothing doubtful was ever found";
  EXPECT_EQ(refusal(ReopenReview{1, 9}), ErrorCode::kNotFound);
}

TEST_F(MergeSteps, edits_survive_a_merge) {
  store.must(PatchMovie{1, std::nullopt, R"({"title":"Моё"})"});
  store.must(MergeMovies{1, std::nullopt, 2});
  EXPECT_EQ(store.films.at(1).facts.title, "Моё");
}

}  // namespace
}  // namespace filmoteka::metadata
