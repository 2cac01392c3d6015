#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/normalise/film.hpp>

namespace filmoteka::scraper {
namespace {

using testing::ElementsAre;

constexpr Timestamp kNow{std::chrono::milliseconds{1'700'000'000'000}};  // in 2023

NormalisedFilm normalise(std::string_view json) {
  return normalise_film(boost::json::parse(json).as_object(),
                        {.source = "test", .assumed_offset = std::chrono::minutes{180}, .now = kNow});
}

std::vector<std::string> warnings_of(const NormalisedFilm& film) {
  std::vector<std::string> codes;
  for (const Reason& reason : film.warnings) codes.push_back(reason.code);
  return codes;
}

TEST(NormaliseFilm, brings_every_field_into_our_form) {
  const auto film = normalise(R"({"title":" Сarrie&nbsp; ","original_title":"Carrie","year":"1976-11-03",
      "image_url":"//pic.example.org/a b.jpg","thumbnail_url":"https://pic.example.org/é.jpg","views":"1 234 567",
      "added_at":"2019-06-03T20:31:17","source_id":17,"source_url":"https://example.org/17","duration":"1:42:05",
      "description":"<p>a&amp;b</p>","genres":"ужасы, триллер/драма","rating":"7,4","age_rating":"16+",
      "countries":["США",""],"cast":[{"name":"Sissy Spacek"}],"is_active":false})");
  EXPECT_THAT(warnings_of(film), ElementsAre());
  const domain::MovieFacts& facts = film.facts;
  EXPECT_EQ(facts.title, "Carrie");
  EXPECT_EQ(facts.year, 1976);
  EXPECT_EQ(facts.image_url, "https://pic.example.org/a%20b.jpg");
  EXPECT_EQ(facts.thumbnail_url, "https://pic.example.org/%C3%A9.jpg");
  EXPECT_EQ(facts.views, 1'234'567);
  EXPECT_EQ(facts.added_at, Timestamp{std::chrono::seconds{1'559'583'077}});
  EXPECT_EQ(facts.source, "test");
  EXPECT_EQ(facts.source_id, "17");
  EXPECT_EQ(facts.duration_seconds, 6'125);
  EXPECT_EQ(facts.description, "a&b");
  EXPECT_THAT(facts.genres, ElementsAre("ужасы", "триллер", "драма"));
  EXPECT_EQ(facts.rating, 74);
  EXPECT_EQ(facts.age_rating, 16);
  EXPECT_THAT(facts.countries, ElementsAre("США"));
  EXPECT_THAT(facts.cast, ElementsAre("Sissy Spacek"));
  EXPECT_FALSE(facts.is_active);
}

TEST(NormaliseFilm, takes_empty_and_zero_for_unknown) {
  const auto film =
      normalise(R"({"title":"A","source_id":"1","year":"","duration":0,"genres":[],"rating":null,
      "image_url":"  ","description":""})");
  EXPECT_THAT(warnings_of(film), ElementsAre());
  EXPECT_EQ(film.facts.year, std::nullopt);
  EXPECT_EQ(film.facts.duration_seconds, std::nullopt);
  EXPECT_EQ(film.facts.image_url, std::nullopt);
  EXPECT_TRUE(film.facts.is_active);
}

TEST(NormaliseFilm, leaves_out_what_it_cannot_read_and_says_so) {
  const auto film = normalise(R"({"title":"A","source_id":"1","year":"soon","duration":"long","views":-5,
      "image_url":"javascript:x","rating":"good","age_rating":"R","added_at":"once","genres":{"x":1}})");
  EXPECT_THAT(warnings_of(film), ElementsAre("image_url_unreadable", "year_unreadable", "duration_unreadable",
                                             "rating_unreadable", "age_rating_unreadable",
                                             "added_at_unreadable", "views_unreadable", "genres_unreadable"));
  EXPECT_EQ(film.facts.views, 0);
}

TEST(NormaliseFilm, bounds_years_durations_and_texts) {
  EXPECT_THAT(warnings_of(normalise(R"({"title":"A","source_id":"1","year":2030,"duration":99999999})")),
              ElementsAre("year_out_of_range", "duration_out_of_range"));
  EXPECT_EQ(normalise(R"({"title":"A","source_id":"1","year":2029})").facts.year, 2029);
  std::string text;
  for (int i = 0; i < 20'001; ++i) text += "ж";
  const auto film = normalise(R"({"title":"A","source_id":"1","description":")" + text + "\"}");
  EXPECT_THAT(warnings_of(film), ElementsAre("description_cut"));
  EXPECT_EQ(film.facts.description->size(), 40'000U);
}

TEST(NormaliseFilm, keeps_names_with_commas_in_lists_whole) {
  const auto film = normalise(
      R"({"title":"A","source_id":"1","cast":["Robert Downey, Jr."],"genres":["Thriller/Western"]})");
  EXPECT_THAT(film.facts.cast, ElementsAre("Robert Downey, Jr."));
  EXPECT_THAT(film.facts.genres, ElementsAre("Thriller", "Western"));
}

TEST(NormaliseFilm, takes_other_names_and_the_numbers_of_others) {
  const auto film =
      normalise(R"({"title":"Brat","source_id":"1","aliases":["Brother, the film","&laquo;Брат&raquo;",""],
      "ids":{"tmdb":20992,"imdb":" tt0118767 ","kinopoisk":""}})");
  EXPECT_THAT(warnings_of(film), ElementsAre());
  EXPECT_THAT(film.facts.aliases, testing::UnorderedElementsAre("Brother, the film", "«Брат»"));
  EXPECT_THAT(film.facts.ids,
              ElementsAre(domain::ExternalId{"imdb", "tt0118767"}, domain::ExternalId{"tmdb", "20992"}));
  const auto unreadable = normalise(R"({"title":"Brat","source_id":"1","ids":["tt0118767"]})");
  EXPECT_THAT(warnings_of(unreadable), ElementsAre("ids_unreadable"));
}

}  // namespace
}  // namespace filmoteka::scraper
