/// A merged segment is the one that would be built of the same films from nothing.
#include <gtest/gtest.h>
#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/random.hpp>

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace filmoteka::metadata {
namespace {

using domain::Movie;

std::vector<std::string> texts_of(const TextColumn& column) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < column.size(); ++i) texts.emplace_back(column[i]);
  return texts;
}

std::vector<Row> rows_of(const CountedPosting& posting, std::size_t size) {
  Bitmap set(size);
  posting.rows.add_to(set);
  std::vector<Row> rows;
  set.for_each([&](Row row) { rows.push_back(row); });
  return rows;
}

using Named = std::tuple<std::string, std::size_t, std::vector<Row>>;

std::vector<Named> spellings_of(const Segment& segment) {
  std::vector<Named> all;
  for (const SpellingPosting& spelling : segment.spellings) {
    all.emplace_back(spelling.genre.shown, spelling.films.active, rows_of(spelling.films, segment.size()));
  }
  return all;
}

// Numbers of sources may differ, and some may have no film left.
std::set<Named> sources_of(const Segment& segment) {
  std::set<Named> all;
  for (std::size_t i = 0; i < segment.sources.size(); ++i) {
    auto rows = rows_of(segment.source_rows[i], segment.size());
    if (!rows.empty()) all.emplace(segment.sources[i], segment.source_rows[i].active, std::move(rows));
  }
  return all;
}

std::vector<std::tuple<std::int32_t, std::size_t, std::vector<Row>>> numbers_of(
    const Segment& segment, const std::vector<NumberPosting>& postings) {
  std::vector<std::tuple<std::int32_t, std::size_t, std::vector<Row>>> all;
  for (const NumberPosting& number : postings) {
    all.emplace_back(number.value, number.films.active, rows_of(number.films, segment.size()));
  }
  return all;
}

void expect_same_columns(const Segment& merged, const Segment& built) {
  ASSERT_EQ(merged.id, built.id);
  EXPECT_EQ(merged.revision, built.revision);
  EXPECT_EQ(merged.source_views, built.source_views);
  EXPECT_EQ(merged.added_at, built.added_at);
  EXPECT_EQ(merged.duration, built.duration);
  EXPECT_EQ(merged.year, built.year);
  EXPECT_EQ(merged.rating, built.rating);
  EXPECT_EQ(merged.age_rating, built.age_rating);
  EXPECT_EQ(merged.genre_offsets, built.genre_offsets);
  EXPECT_EQ(merged.genre_values, built.genre_values);
  EXPECT_EQ(texts_of(merged.searchable), texts_of(built.searchable));
  EXPECT_EQ(merged.active, built.active);
  EXPECT_EQ(merged.active_films, built.active_films);
  EXPECT_EQ(merged.has_image, built.has_image);
  for (Row row = 0; row < built.size(); ++row) {
    ASSERT_EQ(merged.summary(row), built.summary(row));
    ASSERT_EQ(merged.details(row), built.details(row));
    ASSERT_EQ(merged.sources[merged.source[row]], built.sources[built.source[row]]);
  }
}

void expect_same_indexes(const Segment& merged, const Segment& built) {
  EXPECT_EQ(texts_of(merged.title_keys), texts_of(built.title_keys));
  EXPECT_EQ(merged.title_rank, built.title_rank);
  EXPECT_EQ(merged.orders, built.orders);
  EXPECT_EQ(merged.added_at_coarse.group, built.added_at_coarse.group);
  EXPECT_EQ(merged.duration_coarse.lowest, built.duration_coarse.lowest);
  EXPECT_EQ(spellings_of(merged), spellings_of(built));
  EXPECT_EQ(sources_of(merged), sources_of(built));
  EXPECT_EQ(numbers_of(merged, merged.years), numbers_of(built, built.years));
  EXPECT_EQ(numbers_of(merged, merged.rating_bands), numbers_of(built, built.rating_bands));
  EXPECT_EQ(numbers_of(merged, merged.duration_bands), numbers_of(built, built.duration_bands));
  EXPECT_EQ(numbers_of(merged, merged.age_ratings), numbers_of(built, built.age_ratings));
}

/// A catalogue, and the films that are in it.
class Films {
 public:
  void put(Movie movie) {
    movie.revision = ++revision_;
    films_[movie.id] = movie;
    changes_.push_back({movie.id, revision_, std::move(movie)});
  }
  void remove(domain::MovieId id) {
    films_.erase(id);
    changes_.push_back({id, ++revision_, std::nullopt});
  }
  void merge_and_compare() {
    catalogue_.apply(std::exchange(changes_, {}));
    catalogue_.merge();
    SegmentBuilder builder;
    for (const auto& [id, movie] : films_) builder.add(movie);
    ViewCounts counts;
    const auto built = builder.finish(counts);
    const auto merged = catalogue_.snapshot();
    ASSERT_TRUE(merged->delta->empty());
    expect_same_columns(*merged->segment, *built);
    expect_same_indexes(*merged->segment, *built);
  }

 private:
  std::map<domain::MovieId, Movie> films_;
  std::vector<Change> changes_;
  Catalogue catalogue_;
  domain::Revision revision_ = 0;
};

Movie titled(domain::MovieId id, const std::string& title) {
  Movie movie;
  movie.id = id;
  movie.facts.title = title;
  movie.facts.source = "one";
  movie.facts.source_id = std::to_string(id);
  movie.facts.genres = {"драма"};
  movie.facts.year = 1990;
  movie.facts.rating = 50;
  return movie;
}

struct Merge : ::testing::Test {
  Merge() {
    for (domain::MovieId id = 10; id <= 60; id += 10) films.put(titled(id, "m" + std::to_string(id % 40)));
    films.merge_and_compare();
  }
  Films films;
};

TEST_F(Merge, PutsTitlesBeforeAndBehindAllOthers) {
  films.put(titled(5, "a"));
  films.put(titled(65, "z"));
  films.put(titled(35, "z"));
  films.put(titled(36, "b"));
  films.merge_and_compare();
}

TEST_F(Merge, JoinsEqualTitles) {
  films.put(titled(35, "m10"));
  films.put(titled(5, "m20"));
  films.put(titled(66, "m20"));
  films.put(titled(67, "m15"));
  films.put(titled(1, "m15"));
  films.merge_and_compare();
}

TEST_F(Merge, ForgetsTitlesThatNobodyHasAnyMore) {
  films.put(titled(30, "new"));
  films.remove(10);
  films.remove(50);
  films.merge_and_compare();
  films.put(titled(70, "m10"));
  films.merge_and_compare();
}

TEST_F(Merge, KeepsATitleWhoseFilmsAreAllNew) {
  films.put(titled(30, "new"));
  films.put(titled(70, "m30"));
  films.merge_and_compare();
}

TEST_F(Merge, OfDeletionsOnly) {
  films.remove(20);
  films.remove(60);
  films.merge_and_compare();
  for (const domain::MovieId id : {10, 30, 40, 50}) films.remove(id);
  films.merge_and_compare();
  films.put(titled(90, "again"));
  films.merge_and_compare();
}

TEST_F(Merge, BringsGenresSourcesAndNumbersThatAreNew) {
  Movie movie = titled(25, "m");
  movie.facts.genres = {"Аниме", "Драма", "ужасы"};
  movie.facts.source = "another";
  movie.facts.year = 1888;
  movie.facts.rating = 100;
  movie.facts.age_rating = 18;
  movie.facts.duration_seconds = 20'000;
  films.put(movie);
  Movie bare = titled(20, "bare");
  bare.facts.genres.clear();
  bare.facts.year.reset();
  bare.facts.rating.reset();
  films.put(bare);
  films.merge_and_compare();
  films.remove(25);
  films.merge_and_compare();
}

class MergeProperty : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(MergeProperty, IsASegmentBuiltFromNothing) {
  testing::Random random(GetParam());
  const testing::FilmGenerator generator(GetParam(), testing::FilmMix::kCrowded);
  Films films;
  std::int64_t made = 0;
  for (int round = 0; round < 12; ++round) {
    for (std::size_t left = 1 + random.skewed(150); left > 0; --left) {
      const domain::MovieId id = random.between(1, 120);
      if (random.chance(65)) {
        films.put(generator.film(id, ++made));
      } else {
        films.remove(id);
      }
    }
    films.merge_and_compare();
    if (HasFatalFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, MergeProperty, ::testing::Range(std::uint64_t{1}, std::uint64_t{9}));

}  // namespace
}  // namespace filmoteka::metadata
