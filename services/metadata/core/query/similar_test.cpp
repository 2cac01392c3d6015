#include <filmoteka/domain/genres.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <metadata/core/query/execute.hpp>
#include <metadata/core/testing/history.hpp>
#include <metadata/core/testing/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <set>
#include <tuple>

namespace filmoteka::metadata {
namespace {

using domain::Movie;
using testing::History;

std::set<std::string> genres_of(const Movie& movie) {
  std::set<std::string> genres;
  for (const std::string& genre : movie.facts.genres) {
    const std::string folded = domain::genre_key(genre);
    genres.insert(folded.empty() ? genre : folded);
  }
  return genres;
}

std::vector<domain::MovieId> similar_ids(const Snapshot& snapshot, domain::MovieId id, std::size_t limit,
                                         bool include_inactive = false) {
  std::vector<domain::MovieId> ids;
  const boost::json::value body =
      boost::json::parse(similar_movies(snapshot, id, limit, include_inactive).value());
  for (const auto& item : body.at("items").as_array()) ids.push_back(item.at("id").to_number<std::int64_t>());
  return ids;
}

// With everything merged the segment's counts are the catalogue's, and the order can be said in full.
std::vector<domain::MovieId> expected(const testing::Oracle& oracle, const Movie& film) {
  const auto& films = oracle.films();
  std::map<std::string, double> active;
  for (const auto& [id, movie] : films) {
    if (!movie.facts.is_active) continue;
    for (const std::string& genre : genres_of(movie)) ++active[genre];
  }
  using Key = std::tuple<double, int, int, std::int64_t, domain::MovieId>;
  std::set<Key> order;
  for (const auto& [id, movie] : films) {
    if (id == film.id || !movie.facts.is_active) continue;
    std::set<std::pair<double, std::string>> weights;
    const auto shared = genres_of(movie);
    for (const std::string& genre : genres_of(film)) {
      const double weight = std::log(static_cast<double>(films.size() + 1) / (active[genre] + 1));
      if (shared.contains(genre)) weights.insert({-weight, genre});
    }
    if (weights.empty()) continue;
    double weight = 0;
    for (const auto& [negative, genre] : weights) weight -= negative;
    const int years = film.facts.year && movie.facts.year ? std::abs(*film.facts.year - *movie.facts.year)
                                                          : std::numeric_limits<int>::max();
    order.insert({-weight, years, -movie.facts.rating.value_or(-1), -oracle.frozen_views(id), id});
  }
  std::vector<domain::MovieId> ids;
  for (const Key& key : order) ids.push_back(std::get<4>(key));
  return ids;
}

class SimilarProperty : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(SimilarProperty, TheMostAlikeComeFirst) {
  History history(GetParam());
  for (int step = 0; step < 25; ++step) history.step();
  history.change(1);
  history.merge();
  for (const auto& [id, film] : history.oracle().films()) {
    if (!film.facts.is_active) {
      ASSERT_FALSE(similar_movies(*history.snapshot(), id, 5));
      continue;
    }
    auto wanted = expected(history.oracle(), film);
    wanted.resize(std::min<std::size_t>(wanted.size(), 7));
    ASSERT_EQ(similar_ids(*history.snapshot(), id, 7), wanted) << "film " << id;
  }
  EXPECT_FALSE(similar_movies(*history.snapshot(), 1'000'000, 5));
}

TEST_P(SimilarProperty, ChangedFilmsAreSeenToo) {
  History history(GetParam() + 100);
  for (int step = 0; step < 25; ++step) history.step();
  for (const auto& [id, film] : history.oracle().films()) {
    if (!film.facts.is_active) continue;
    const auto ids = similar_ids(*history.snapshot(), id, 1'000);
    ASSERT_EQ(std::set(ids.begin(), ids.end()).size(), ids.size()) << "each film once";
    std::set<domain::MovieId> sharing;
    for (const auto& [other, movie] : history.oracle().films()) {
      if (other == id || !movie.facts.is_active) continue;
      for (const std::string& genre : genres_of(movie)) {
        if (genres_of(film).contains(genre)) sharing.insert(other);
      }
    }
    ASSERT_EQ(std::set(ids.begin(), ids.end()), sharing) << "film " << id;
  }
}

Movie random_film(testing::Random& random, domain::MovieId id) {
  Movie movie;
  movie.id = id;
  movie.revision = id;
  movie.facts.title = "Film";
  for (const char* genre :
       {"драма", "комедия", "боевик", "ужасы", "мультфильм", "детектив", "вестерн", "нуар"}) {
    if (random.chance(id % 10 == 0 ? 70 : 30)) movie.facts.genres.emplace_back(genre);
  }
  if (random.chance(80)) movie.facts.year = static_cast<std::int32_t>(random.between(1950, 2020));
  if (random.chance(60)) movie.facts.rating = static_cast<std::int32_t>(random.between(0, 100));
  movie.facts.views = random.between(0, 20);
  movie.facts.is_active = random.chance(90);
  return movie;
}

// So many that they are divided by genre and walked by year.
TEST(Similar, IsExactAmongManyFilmsOfTheSameGenres) {
  constexpr domain::MovieId kFilms = 9'000;
  testing::Random random(5);
  testing::Oracle oracle;
  SegmentBuilder builder;
  for (domain::MovieId id = 1; id <= kFilms; ++id) {
    const Movie movie = random_film(random, id);
    oracle.apply({id, id, movie});
    builder.add(movie);
  }
  Catalogue catalogue;
  catalogue.load(std::move(builder), kFilms);
  for (domain::MovieId id = 1; id <= 12; ++id) {
    const Movie& film = oracle.films().at(id);
    if (!film.facts.is_active) continue;
    auto wanted = expected(oracle, film);
    for (const std::size_t limit : {1U, 12U, 100U}) {
      wanted.resize(std::min<std::size_t>(wanted.size(), 100));
      const auto found = similar_ids(*catalogue.snapshot(), id, limit);
      const auto best = std::vector(
          wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(std::min(limit, wanted.size())));
      ASSERT_EQ(found, best) << "film " << id << ", limit " << limit;
    }
  }
}

TEST_P(SimilarProperty, InactiveFilmsAreFoundWhereTheyAreAskedFor) {
  History history(GetParam() + 200);
  for (int step = 0; step < 25; ++step) history.step();
  for (const auto& [id, film] : history.oracle().films()) {
    const auto ids = similar_ids(*history.snapshot(), id, 1'000, true);
    std::set<domain::MovieId> sharing;
    for (const auto& [other, movie] : history.oracle().films()) {
      if (other == id) continue;
      for (const std::string& genre : genres_of(movie)) {
        if (genres_of(film).contains(genre)) sharing.insert(other);
      }
    }
    ASSERT_EQ(std::set(ids.begin(), ids.end()), sharing) << "film " << id;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SimilarProperty, ::testing::Range(std::uint64_t{1}, std::uint64_t{5}));

}  // namespace
}  // namespace filmoteka::metadata
