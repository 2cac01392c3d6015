#include <gtest/gtest.h>
#include <metadata/core/testing/memory_store.hpp>
#include <metadata/testing/films.hpp>

#include <map>
#include <set>

namespace filmoteka::metadata {
namespace {

using testing::MemoryStore;

std::vector<domain::Movie> all(const MemoryStore& store) {
  std::vector<domain::Movie> movies;
  for (const auto& [id, movie] : store.films) movies.push_back(movie);
  return movies;
}

struct RestoreStep : ::testing::Test {
  RestoreStep() {
    const auto rows = testing::films(1, 4);
    from.must(UpsertMovies{rows});
    from.must(PatchMovie{3, std::nullopt, R"({"title":"Моё"})"});
    from.must(MergeMovies{1, std::nullopt, 2});
    from.films.at(4).local_views = 9;
    copy();
  }
  WritePlan copy(bool follows_feed = false) {
    const auto movies = all(from);
    return to.must(RestoreMovies{movies, deletions, follows_feed});
  }
  /// A store with other films, whose revisions and ids are all above those of `from`.
  static MemoryStore running() {
    MemoryStore store;
    store.must(RestoreMovies{{}, {}, false, {}, 1'000, 2'000});
    const auto rows = testing::films(100, 3);
    store.must(UpsertMovies{rows});
    return store;
  }
  MemoryStore from;
  MemoryStore to;
  std::vector<RestoreMovies::Deletion> deletions;
};

TEST_F(RestoreStep, films_are_as_they_were_and_again_nothing) {
  EXPECT_EQ(to.films, from.films);
  EXPECT_EQ(to.counters.revision, from.counters.revision);
  EXPECT_TRUE(copy().empty());
  EXPECT_EQ(copy().outcomes.at(0).status, WriteStatus::kUnchanged);
}

TEST_F(RestoreStep, what_happened_since_is_caught_up) {
  from.must(SplitMovie{1, std::nullopt, "test", "1"});
  deletions.push_back({4, from.must(DeleteMovie{4, std::nullopt}).outcomes.at(0).revision});
  copy(true);
  EXPECT_EQ(to.films, from.films);
  EXPECT_EQ(to.deleted.at(4), deletions[0].revision);
  EXPECT_EQ(to.counters, from.counters);
  EXPECT_TRUE(copy(true).empty());
}

TEST_F(RestoreStep, what_comes_late_gets_revisions_that_followers_have_not_seen_yet) {
  to = running();
  const domain::Revision before = to.counters.revision;
  const WritePlan plan = copy();
  EXPECT_EQ(plan.films.size(), from.films.size());
  for (const FilmWrite& film : plan.films) EXPECT_GT(film.movie.revision, before);
  for (const auto& [id, movie] : from.films) {
    domain::Movie expected = movie;
    expected.revision = to.films.at(id).revision;
    EXPECT_EQ(to.films.at(id), expected);
  }
  EXPECT_TRUE(copy().empty()) << "it has them";
  from.now += std::chrono::seconds(1);
  from.must(PatchMovie{3, std::nullopt, R"({"title":"Новое"})"});
  ASSERT_LT(from.films.at(3).revision, to.films.at(3).revision);
  EXPECT_EQ(copy().films.size(), 1U) << "it is newer, whatever its revision is there";
  EXPECT_EQ(to.films.at(3).facts.title, "Новое");
}

TEST_F(RestoreStep, revisions_that_are_partly_late_stay_apart_and_in_order) {
  MemoryStore half;
  half.must(RestoreMovies{{}, {}, false, {}, 1'000, from.films.at(3).revision});
  to = half;
  copy();
  std::set<domain::Revision> revisions;
  for (const auto& [id, movie] : to.films) EXPECT_TRUE(revisions.insert(movie.revision).second);
  EXPECT_GT(*revisions.begin(), half.counters.revision);
  EXPECT_EQ(*revisions.rbegin(), to.counters.revision);
}

TEST_F(RestoreStep, views_of_an_unchanged_film_are_brought_and_never_taken_away) {
  from.films.at(4).local_views = 12;
  const domain::Revision before = to.counters.revision;
  const WritePlan plan = copy();
  ASSERT_EQ(plan.films.size(), 1U);
  EXPECT_TRUE(plan.films[0].views_changed);
  EXPECT_GT(plan.films[0].movie.revision, before);
  EXPECT_EQ(to.films.at(4).local_views, 12);
  EXPECT_EQ(to.films.at(4).updated_at, from.films.at(4).updated_at);
  from.films.at(4).local_views = 3;
  EXPECT_TRUE(copy().empty());
  EXPECT_EQ(to.films.at(4).local_views, 12);
}

TEST_F(RestoreStep, a_film_that_was_changed_here_later_is_left_alone) {
  to.now += std::chrono::seconds(1);
  to.must(PatchMovie{3, std::nullopt, R"({"title":"Здесь"})"});
  EXPECT_TRUE(copy().empty());
  EXPECT_EQ(to.films.at(3).facts.title, "Здесь");
}

TEST_F(RestoreStep, a_deletion_takes_no_film_away_but_its_id_is_not_given_again) {
  const std::vector<RestoreMovies::Deletion> gone{{4, 900}, {70, 901}};
  const WritePlan plan = to.must(RestoreMovies{{}, gone});
  EXPECT_TRUE(to.film(4)) << "which may be another film";
  EXPECT_EQ(plan.outcomes.at(0).status, WriteStatus::kUnchanged);
  EXPECT_EQ(to.deleted, (std::map<domain::MovieId, domain::Revision>{{70, 901}}));
  EXPECT_EQ(to.counters.last_id, 70);
  EXPECT_TRUE(to.must(RestoreMovies{{}, gone}).empty());
  to = running();
  const RestoreMovies::Deletion late{5'000, 3};
  EXPECT_EQ(to.must(RestoreMovies{{}, std::span(&late, 1)}).films.at(0).movie.revision, 2'004);
  EXPECT_TRUE(to.must(RestoreMovies{{}, std::span(&late, 1)}).empty());
}

TEST_F(RestoreStep, reviews_come_with_what_people_decided) {
  const std::vector<StoredReview> reviews{
      {1, 3, "похожи", from.now, false}, {3, 4, "", from.now, true}, {1, 99, "нет такого", from.now, false}};
  to.must(RestoreMovies{{}, {}, false, reviews});
  using Reviews = std::map<std::pair<domain::MovieId, domain::MovieId>, bool>;
  EXPECT_EQ(to.reviews, (Reviews{{{1, 3}, false}, {{3, 4}, true}}));
  to.must(DismissReview{1, 3});
  to.must(RestoreMovies{{}, {}, false, reviews});
  EXPECT_EQ(to.reviews, (Reviews{{{1, 3}, true}, {{3, 4}, true}})) << "a decision stays";
}

TEST_F(RestoreStep, ids_of_deleted_films_are_not_given_again) {
  const RestoreMovies::Deletion later{90, 80};
  to.must(RestoreMovies{{}, std::span(&later, 1)});
  EXPECT_EQ(to.counters, (Counters{80, 90}));
  to.must(RestoreMovies{{}, {}, false, {}, 95, 85});
  EXPECT_EQ(to.counters, (Counters{85, 95}));
}

TEST_F(RestoreStep, a_feed_may_tell_who_took_a_record_before_it_tells_who_lost_it) {
  from.must(SplitMovie{1, std::nullopt, "test", "1"});             // film 5 has the record now
  from.must(PatchMovie{1, std::nullopt, R"({"title":"Позже"})"});  // and film 1 comes after it
  const domain::Movie taker = from.films.at(5);
  const domain::Movie loser = from.films.at(1);
  ASSERT_LT(taker.revision, loser.revision);
  EXPECT_EQ(to.write(RestoreMovies{std::span(&taker, 1), {}}).error().code, ErrorCode::kConflict);
  to.must(RestoreMovies{std::span(&taker, 1), {}, true});
  EXPECT_FALSE(to.film(1)) << "until it comes again";
  to.must(RestoreMovies{std::span(&loser, 1), {}, true});
  EXPECT_EQ(to.films, from.films);
  EXPECT_EQ(to.counters, from.counters);
}

TEST_F(RestoreStep, a_feed_may_tell_of_a_film_all_of_whose_records_are_others_now) {
  domain::Movie movie = from.films.at(4);
  movie.facts.source_id = "new";
  movie.revision = 50;
  EXPECT_EQ(to.write(RestoreMovies{std::span(&movie, 1), {}}).error().code, ErrorCode::kConflict);
  to.must(RestoreMovies{std::span(&movie, 1), {}, true});
  EXPECT_EQ(to.films.at(4), movie);
}

TEST_F(RestoreStep, an_id_that_is_another_film_is_refused) {
  MemoryStore other;  // which added it at the same moment
  const domain::MovieFacts row = testing::film(50);
  other.must(UpsertMovies{std::span(&row, 1)});
  const auto movies = all(from);
  EXPECT_EQ(other.write(RestoreMovies{movies, {}}).error().code, ErrorCode::kConflict);
  EXPECT_EQ(other.films.size(), 1U);
}

TEST_F(RestoreStep, a_record_of_another_film_is_refused) {
  domain::Movie movie = from.films.at(4);
  movie.id = 77;
  movie.revision = 99;
  EXPECT_EQ(to.write(RestoreMovies{std::span(&movie, 1), {}}).error().code, ErrorCode::kConflict);
}

}  // namespace
}  // namespace filmoteka::metadata
