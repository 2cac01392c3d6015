#include <gtest/gtest.h>
#include <metadata/core/testing/memory_store.hpp>
#include <metadata/testing/films.hpp>

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
  WritePlan copy() {
    const auto movies = all(from);
    return to.must(RestoreMovies{movies, deletions});
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
  copy();
  EXPECT_EQ(to.films, from.films);
  EXPECT_EQ(to.deleted.at(4), deletions[0].revision);
  EXPECT_EQ(to.counters, from.counters);
  EXPECT_TRUE(copy().empty());
}

TEST_F(RestoreStep, ids_of_deleted_films_are_not_given_again) {
  const RestoreMovies::Deletion later{90, 80};
  EXPECT_TRUE(to.must(RestoreMovies{{}, std::span(&later, 1)}).films.empty());
  EXPECT_EQ(to.counters, (Counters{80, 90}));
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

TEST_F(RestoreStep, an_id_that_is_another_film_is_refused) {
  MemoryStore other;
  other.now += std::chrono::hours(1);
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
