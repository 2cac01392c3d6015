#include <filmoteka/domain/validation.hpp>

#include <gtest/gtest.h>
#include <metadata/core/testing/film_generator.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <string>

namespace filmoteka::metadata::testing {
namespace {

constexpr domain::MovieId kFilms = 20'000;
constexpr Timestamp kNow{std::chrono::milliseconds{1'780'000'000'000}};

TEST(FilmGenerator, the_same_seed_gives_the_same_films) {
  const FilmGenerator films(1);
  for (domain::MovieId id = 1; id <= 200; ++id) {
    EXPECT_EQ(films.film(id), FilmGenerator(1).film(id));
    EXPECT_NE(films.film(id).facts, FilmGenerator(2).film(id).facts);
    EXPECT_NE(films.film(id).facts, films.film(id, id + 1).facts);
  }
}

TEST(FilmGenerator, films_are_valid_and_canonical) {
  for (const FilmMix mix : {FilmMix::kRealistic, FilmMix::kCrowded}) {
    const FilmGenerator films(3, mix);
    for (domain::MovieId id = 1; id <= 3'000; ++id) {
      const domain::MovieFacts facts = films.film(id).facts;
      ASSERT_TRUE(domain::validate(facts, kNow).has_value()) << facts.title;
      // Crowded films have one genre in several spellings, on purpose.
      if (mix == FilmMix::kRealistic) {
        ASSERT_EQ(domain::canonical(facts), facts) << facts.title;
      }
    }
  }
}

TEST(FilmGenerator, values_are_as_skewed_as_real_ones) {
  const FilmGenerator films(4);
  std::map<std::string, double> genres;
  std::set<std::string> titles;
  std::size_t early = 0;
  std::size_t late = 0;
  std::size_t seldom_seen = 0;
  std::size_t hits = 0;
  std::size_t description = 0;
  for (domain::MovieId id = 1; id <= kFilms; ++id) {
    const domain::MovieFacts facts = films.film(id).facts;
    for (const std::string& genre : facts.genres) genres[genre] += 100.0 / kFilms;
    titles.insert(facts.title);
    if (facts.year && *facts.year < 1950) ++early;
    if (facts.year && *facts.year >= 1990) ++late;
    if (facts.views < 1'000) ++seldom_seen;
    if (facts.views > 1'000'000) ++hits;
    if (facts.description) description += facts.description->size();
  }
  EXPECT_NEAR(genres["драма"], 29, 4);
  EXPECT_LT(genres["перформанс"], 0.2);
  EXPECT_GT(genres.size(), 35U);
  EXPECT_NEAR(static_cast<double>(early), 0.07 * kFilms, 0.03 * kFilms);
  EXPECT_NEAR(static_cast<double>(late), 0.75 * kFilms, 0.08 * kFilms);
  EXPECT_GT(seldom_seen, kFilms / 2);
  EXPECT_LT(hits, kFilms / 50);
  EXPECT_GT(hits, 0U);
  EXPECT_GT(titles.size(), std::size_t{kFilms * 3 / 4});
  EXPECT_NEAR(static_cast<double>(description), 480.0 * kFilms, 120.0 * kFilms);
}

TEST(FilmGenerator, nothing_is_before_its_time) {
  const FilmGenerator films(5);
  for (domain::MovieId id = 1; id <= kFilms; ++id) {
    const domain::MovieFacts facts = films.film(id).facts;
    for (const std::string& genre : facts.genres) {
      EXPECT_FALSE(genre == "Silent" && facts.year.value_or(0) >= 1930) << facts.title;
      EXPECT_FALSE(genre == "аниме" && facts.year && *facts.year < 1960) << facts.title;
    }
  }
}

}  // namespace
}  // namespace filmoteka::metadata::testing
