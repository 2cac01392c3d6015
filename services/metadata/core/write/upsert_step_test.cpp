#include <gtest/gtest.h>
#include <metadata/core/testing/memory_store.hpp>
#include <metadata/testing/films.hpp>

namespace filmoteka::metadata {
namespace {

using testing::MemoryStore;

/// The same film in every source: they agree in names, year, length and number.
domain::MovieFacts brother(const std::string& source, std::string source_id = "1") {
  domain::MovieFacts facts;
  facts.title = "Брат";
  facts.year = 1997;
  facts.duration_seconds = 96 * 60;
  facts.source = source;
  facts.source_id = std::move(source_id);
  facts.ids = {{"imdb", "tt0118767"}};
  return facts;
}

std::vector<WriteStatus> statuses(const WritePlan& plan) {
  std::vector<WriteStatus> all;
  for (const RowOutcome& outcome : plan.outcomes) all.push_back(outcome.status);
  return all;
}

struct UpsertStep : ::testing::Test {
  WritePlan upsert(const std::vector<domain::MovieFacts>& rows) { return store.must(UpsertMovies{rows}); }
  MemoryStore store;
};

TEST_F(UpsertStep, a_new_film_enters_as_it_is) {
  const WritePlan plan = upsert({testing::film(1)});
  const domain::Movie& movie = store.films.at(1);
  domain::MovieFacts expected = testing::film(1);
  expected.added_at = store.now;
  EXPECT_EQ(movie.facts, expected);
  EXPECT_EQ(movie.revision, 1);
  EXPECT_EQ(movie.updated_at, store.now);
  EXPECT_EQ(plan.outcomes.at(0).id, 1);
  EXPECT_EQ(plan.outcomes.at(0).revision, 1);
  EXPECT_EQ(statuses(plan), std::vector{WriteStatus::kCreated});
}

TEST_F(UpsertStep, the_same_record_writes_nothing_whenever_it_was_published) {
  upsert({testing::film(1)});
  domain::MovieFacts again = testing::film(1);
  again.added_at = store.now + std::chrono::hours(9);
  const WritePlan plan = upsert({again});
  EXPECT_TRUE(plan.empty());
  EXPECT_EQ(statuses(plan), std::vector{WriteStatus::kUnchanged});
  EXPECT_EQ(plan.outcomes.at(0).revision, 1);
}

TEST_F(UpsertStep, a_changed_record_keeps_when_the_film_was_added) {
  upsert({testing::film(1)});
  const Timestamp added = std::exchange(store.now, store.now + std::chrono::hours(1));
  domain::MovieFacts changed = testing::film(1);
  changed.title = "Другое";
  EXPECT_EQ(statuses(upsert({changed})), std::vector{WriteStatus::kUpdated});
  EXPECT_EQ(store.films.at(1).added_at, added);
  EXPECT_EQ(store.films.at(1).updated_at, store.now);
  EXPECT_EQ(store.films.at(1).revision, 2);
}

TEST_F(UpsertStep, another_source_joins_the_film) {
  upsert({brother("a")});
  const WritePlan plan = upsert({brother("b")});
  EXPECT_EQ(statuses(plan), std::vector{WriteStatus::kMerged});
  ASSERT_EQ(store.films.size(), 1U);
  ASSERT_EQ(store.films.at(1).records.size(), 2U);
  EXPECT_EQ(store.films.at(1).records[0].source, "a");
  EXPECT_EQ(store.films.at(1).facts.source, "a");
  EXPECT_TRUE(upsert({brother("b"), brother("a")}).empty());
}

TEST_F(UpsertStep, two_sources_of_a_new_film_in_one_batch_are_one_film) {
  const WritePlan plan = upsert({brother("a"), brother("b"), brother("b")});
  EXPECT_EQ(statuses(plan),
            (std::vector{WriteStatus::kCreated, WriteStatus::kMerged, WriteStatus::kUnchanged}));
  ASSERT_EQ(plan.films.size(), 1U);
  EXPECT_EQ(plan.films[0].movie.records.size(), 2U);
  EXPECT_EQ(plan.outcomes[0].revision, plan.outcomes[2].revision);
}

TEST_F(UpsertStep, each_record_of_a_film_follows_its_source) {
  upsert({brother("a"), brother("b")});
  domain::MovieFacts changed = brother("b");
  changed.description = "Данила";
  EXPECT_EQ(statuses(upsert({changed})), std::vector{WriteStatus::kUpdated});
  EXPECT_EQ(store.films.at(1).records[1], changed);
  EXPECT_EQ(store.films.at(1).facts.description, "Данила");
}

TEST_F(UpsertStep, a_record_that_turns_out_to_be_another_film_is_listed_and_not_joined) {
  domain::MovieFacts nameless = brother("b");
  nameless.title = "Без названия";
  nameless.year.reset();
  nameless.ids.clear();
  upsert({brother("a"), nameless});
  ASSERT_EQ(store.films.size(), 2U);
  EXPECT_TRUE(store.reviews.empty());
  EXPECT_EQ(statuses(upsert({brother("b")})), std::vector{WriteStatus::kUpdated});
  EXPECT_EQ(store.films.size(), 2U) << "both have a history: people join them";
  EXPECT_TRUE(store.reviews.contains({1, 2}));
  store.must(DismissReview{1, 2});
  domain::MovieFacts renamed = brother("b");
  renamed.original_title = "Brat";
  upsert({renamed});
  EXPECT_TRUE(store.reviews.at({1, 2})) << "people have decided";
}

TEST_F(UpsertStep, a_record_that_contradicts_its_film_is_listed) {
  upsert({brother("a"), brother("b")});
  ASSERT_EQ(store.films.size(), 1U);
  domain::MovieFacts corrected = brother("b");
  corrected.ids = {{"imdb", "tt0000002"}};
  EXPECT_EQ(statuses(upsert({corrected})), std::vector{WriteStatus::kUpdated});
  EXPECT_EQ(store.films.at(1).records.size(), 2U);
  EXPECT_TRUE(store.reviews.contains({1, 1}));
  store.must(DismissReview{1, 1});
  EXPECT_TRUE(store.reviews.at({1, 1}));
}

TEST_F(UpsertStep, what_identifies_no_film_is_compared_with_none) {
  upsert({brother("a")});
  store.must(CreateMovie{brother("b"), "", ""});
  store.reviews.clear();
  domain::MovieFacts changed = brother("b");
  changed.description = "Данила";
  upsert({changed});
  EXPECT_TRUE(store.reviews.empty());
}

TEST_F(UpsertStep, several_candidates_keep_it_apart_and_are_listed) {
  domain::MovieFacts first = brother("a");
  domain::MovieFacts second = brother("b");
  first.ids = {{"imdb", "tt1"}};
  second.ids = {{"imdb", "tt2"}};  // different numbers: never the same
  domain::MovieFacts third = brother("c");
  third.ids.clear();
  upsert({first, second});
  ASSERT_EQ(store.films.size(), 2U);
  EXPECT_EQ(statuses(upsert({third})), std::vector{WriteStatus::kCreated});
  EXPECT_EQ(store.films.size(), 3U);
  EXPECT_TRUE(store.reviews.contains({1, 3}));
  EXPECT_TRUE(store.reviews.contains({2, 3}));
}

TEST_F(UpsertStep, a_batch_that_ends_where_it_began_writes_nothing) {
  domain::MovieFacts other = brother("a");
  other.title = "Брат 2";
  upsert({brother("a")});
  const WritePlan plan = upsert({other, brother("a")});
  EXPECT_TRUE(plan.empty());
  EXPECT_EQ(statuses(plan), (std::vector{WriteStatus::kUnchanged, WriteStatus::kUnchanged}));
  EXPECT_EQ(plan.outcomes[0].revision, 1);
}

TEST_F(UpsertStep, a_name_that_very_many_films_have_is_no_reason_to_compare) {
  std::vector<domain::MovieFacts> rows;
  for (std::size_t i = 0; i <= kMaxFilmsOfKey; ++i) {
    rows.push_back(brother("a", std::to_string(i)));
    rows.back().ids = {{"imdb", "tt" + std::to_string(i)}};
  }
  upsert(rows);
  ASSERT_EQ(store.films.size(), kMaxFilmsOfKey + 1);
  domain::MovieFacts without_number = brother("b");
  without_number.ids.clear();
  upsert({without_number});
  EXPECT_TRUE(store.reviews.empty());
  domain::MovieFacts with_number = brother("c");
  with_number.ids = {{"imdb", "tt7"}};
  const WritePlan plan = upsert({with_number});
  EXPECT_EQ(statuses(plan), std::vector{WriteStatus::kMerged});
  EXPECT_EQ(plan.outcomes[0].id, 8);
}

TEST_F(UpsertStep, a_created_film_is_never_joined_but_listed) {
  upsert({brother("a")});
  const WritePlan plan = store.must(CreateMovie{brother("b"), "", ""});
  EXPECT_EQ(statuses(plan), std::vector{WriteStatus::kCreated});
  EXPECT_EQ(store.films.size(), 2U);
  EXPECT_TRUE(store.reviews.contains({1, 2}));
  EXPECT_EQ(store.write(CreateMovie{brother("a"), "", ""}).error().code, ErrorCode::kConflict);
}

TEST_F(UpsertStep, an_idempotency_key_gives_the_first_film_again) {
  const CreateMovie create{brother("a"), "key", "hash"};
  EXPECT_EQ(store.must(create).outcomes.at(0).id, 1);
  const WritePlan again = store.must(create);
  EXPECT_TRUE(again.empty());
  EXPECT_EQ(again.outcomes.at(0).id, 1);
  EXPECT_EQ(again.outcomes.at(0).status, WriteStatus::kCreated);
  EXPECT_EQ(store.write(CreateMovie{brother("b"), "key", "other"}).error().code, ErrorCode::kConflict);
  store.must(DeleteMovie{1, std::nullopt});
  EXPECT_EQ(store.must(create).outcomes.at(0).id, 1) << "it was made once";
  EXPECT_TRUE(store.films.empty());
}

}  // namespace
}  // namespace filmoteka::metadata
