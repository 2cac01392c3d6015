#include <filmoteka/domain/same_film.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace filmoteka::domain {
namespace {

MovieFacts facts(std::string source, std::string title, std::int32_t year = 0, std::int32_t minutes = 0) {
  MovieFacts made;
  made.source = std::move(source);
  made.source_id = made.source + title;
  made.title = std::move(title);
  if (year != 0) made.year = year;
  if (minutes != 0) made.duration_seconds = minutes * 60;
  return made;
}

FilmIdentity film(std::string source, std::string title, std::int32_t year = 0, std::int32_t minutes = 0) {
  return identity_of(facts(std::move(source), std::move(title), year, minutes));
}

TEST(FilmIdentity, takes_the_year_out_of_the_title_but_not_the_title_out_of_itself) {
  const FilmIdentity dune = film("a", "Дюна (2021) смотреть онлайн в HD");
  EXPECT_EQ(dune.names.front().text, "дюна");
  EXPECT_EQ(dune.year, 2021);
  EXPECT_EQ(film("a", "1984", 1984).names.front().text, "1984");
  EXPECT_EQ(film("a", "Nineteen Eighty-Four").names.front().text, "1984");
  EXPECT_EQ(film("a", "Blade Runner 2049", 2017).names.front().text, "bladerunner2049");
}

TEST(FilmIdentity, knows_kinds_seasons_and_episodes) {
  EXPECT_EQ(film("a", "Дюна. Дублированный трейлер").kind, FilmKind::kTrailer);
  const FilmIdentity episode = film("a", "Мост 2 сезон 3 серия");
  EXPECT_EQ(episode.kind, FilmKind::kEpisode);
  EXPECT_EQ(episode.season, 2);
  EXPECT_EQ(episode.episode, 3);
  EXPECT_EQ(film("a", "Trailer Park of Terror").kind, FilmKind::kFilm);
}

TEST(FilmIdentity, has_no_names_for_a_title_of_signs) {
  EXPECT_TRUE(film("a", "★ ☂").names.empty());
  EXPECT_TRUE(match_keys(facts("a", "★ ☂")).empty());
  EXPECT_EQ(compare(film("a", "★"), film("b", "★")).verdict, Verdict::kDifferent);
}

TEST(FilmIdentity, lets_romanisations_meet) {
  const std::string skeleton = film("a", "Ночной дозор").names.front().skeleton;
  for (const char* romanised : {"Nochnoy dozor", "Nochnoi dozor", "Nočnoj dozor", "NOCHNOJ DOZOR"}) {
    EXPECT_EQ(film("a", romanised).names.front().skeleton, skeleton) << romanised;
  }
}

TEST(MatchKeys, are_the_same_on_every_machine) {
  // FNV-1a of "name:brat2", computed apart from this code.
  EXPECT_THAT(match_keys(facts("a", "Брат 2")), testing::ElementsAre(MatchKey{-8272338358267595515, 0}));
}

TEST(MatchKeys, are_few_ascending_and_unique) {
  MovieFacts many = facts("a", "Брат: Начало", 1997);
  many.ids = {{"imdb", "tt1"}, {"kinopoisk", "2"}};
  for (char c = 'a'; c < 'u'; ++c) many.aliases.push_back(std::string("alias ") + c);
  const auto keys = match_keys(many);
  EXPECT_EQ(keys.size(), kMaxMatchKeys);
  EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
  EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end());
}

TEST(Compare, never_joins_a_film_with_its_sequel_by_the_subtitle) {
  MovieFacts first = facts("a", "The Hunger Games", 2012, 142);
  MovieFacts second = facts("b", "The Hunger Games: Catching Fire", 2013, 146);
  first.cast = second.cast = {"Jennifer Lawrence", "Josh Hutcherson", "Liam Hemsworth"};
  EXPECT_NE(compare(identity_of(first), identity_of(second)).verdict, Verdict::kSame);
}

TEST(Compare, joins_entries_of_one_source_only_if_they_may_be_copies) {
  EXPECT_EQ(compare(film("a", "Брат 2", 2000), film("a", "Brat 2", 2000)).verdict, Verdict::kUnsure);
  EXPECT_EQ(compare(film("a", "Брат 2", 2000, 122), film("a", "Brat 2", 2000, 123)).verdict, Verdict::kSame);
  EXPECT_EQ(compare(film("a", "Брат 2", 2000, 122), film("a", "Brat 2", 2001, 122)).verdict,
            Verdict::kUnsure);
}

TEST(Compare, tells_a_number_in_digits_from_one_in_letters_when_there_is_nothing_else) {
  EXPECT_EQ(compare(film("a", "9", 2009), film("b", "Nine", 2009)).verdict, Verdict::kDifferent);
}

TEST(Compare, leaves_namesakes_without_a_common_actor_to_people) {
  MovieFacts one = facts("a", "The Decoy of the Northern Lights", 1916);
  one.cast = {"Frances Nelson", "Gladden James"};
  MovieFacts other = facts("b", "The Decoy of the Northern Lights", 1916);
  other.cast = {"Frank Mayo"};
  EXPECT_EQ(compare(identity_of(one), identity_of(other)).verdict, Verdict::kUnsure);
}

TEST(Compare, explains_itself) {
  EXPECT_EQ(describe(compare(film("a", "Брат 2", 2000), film("b", "Brat 2", 2000))),
            "same, 10: a name is the same in another script +7, the year is the same +3");
}

TEST(Decide, joins_the_only_film_that_is_the_same) {
  const std::vector candidates{film("b", "Дюна", 1984), film("c", "Дюна", 2021)};
  const Decision decision = decide(film("a", "Дюна", 2021), candidates);
  EXPECT_EQ(decision.join, 1U);
  EXPECT_TRUE(decision.review.empty());
}

TEST(Decide, makes_a_new_film_of_what_nobody_knows) {
  const Decision decision = decide(film("a", "Дюна", 2021), std::vector{film("b", "Солярис", 1972)});
  EXPECT_EQ(decision.join, std::nullopt);
  EXPECT_TRUE(decision.review.empty());
}

TEST(Decide, does_not_guess_between_two) {
  const std::vector candidates{film("b", "Белое солнце пустыни", 1969),
                               film("c", "Белое солнце пустыни", 1970)};
  const Decision decision = decide(film("a", "Белое солнце пустыни", 1970), candidates);
  EXPECT_EQ(decision.join, std::nullopt);
  ASSERT_EQ(decision.review.size(), 2U);
  EXPECT_EQ(decision.review.front().candidate, 1U);
}

TEST(Decide, takes_the_records_of_one_film_as_one) {
  std::vector candidates{film("b", "Дюна", 2021), film("c", "Дюна", 2021)};
  candidates[0].film = candidates[1].film = 7;
  EXPECT_TRUE(decide(film("a", "Дюна", 2021), candidates).join.has_value());
  candidates[0].ids = {{"imdb", "tt1"}};
  FilmIdentity incoming = film("a", "Дюна", 2021);
  incoming.ids = {{"imdb", "tt2"}};
  const Decision decision = decide(incoming, candidates);
  EXPECT_EQ(decision.join, std::nullopt);
  EXPECT_EQ(decision.review.size(), 1U);
}

TEST(Decide, prefers_a_shared_id_to_what_only_may_be) {
  std::vector candidates{film("b", "Дюна", 2021), film("c", "Dune", 2021)};
  candidates[0] = film("b", "Дюна");
  candidates[1].ids = {{"imdb", "tt1160419"}};
  FilmIdentity incoming = film("a", "Дюна", 2021);
  incoming.ids = candidates[1].ids;
  EXPECT_EQ(decide(incoming, candidates).join, 1U);
}

}  // namespace
}  // namespace filmoteka::domain
