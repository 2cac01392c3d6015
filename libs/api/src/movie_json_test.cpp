#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/time_format.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace filmoteka::api {
namespace {

namespace json = boost::json;

domain::Movie full_movie() {
  domain::Movie movie;
  movie.id = 7;
  movie.facts.title = "Иван <Васильевич> & \"друзья\"";
  movie.facts.original_title = "Ivan Vasilievich";
  movie.facts.year = 1973;
  movie.facts.image_url = "https://pic.example/a.jpg?x=1&y=2";
  movie.facts.thumbnail_url = "https://pic.example/t.jpg";
  movie.facts.views = 9'000'000'000;
  movie.facts.source = "test";
  movie.facts.source_id = "a/1";
  movie.facts.source_url = "https://example.org/a/1";
  movie.facts.duration_seconds = 5'280;
  movie.facts.description = "Line one\nline two\u2028end";
  movie.facts.genres = {"комедия", "фантастика"};
  movie.facts.rating = 88;
  movie.facts.age_rating = 12;
  movie.facts.countries = {"СССР"};
  movie.facts.cast = {"Юрий Яковлев"};
  movie.local_views = 5;
  movie.added_at = *parse_rfc3339("2026-01-02T03:04:05Z");
  movie.facts.added_at = movie.added_at;
  movie.updated_at = *parse_rfc3339("2026-01-02T03:04:05.250Z");
  movie.revision = 12;
  return movie;
}

std::string summary_of(const domain::Movie& movie) {
  std::string out;
  append_summary(out, movie);
  return out;
}

TEST(MovieJson, summary_has_exactly_the_contracts_fields_in_their_order) {
  const json::value value = json::parse(summary_of(full_movie()));
  std::vector<std::string> names;
  for (const auto& member : value.as_object()) names.emplace_back(member.key().data(), member.key().size());
  const auto fields = summary_fields();
  EXPECT_EQ(names, std::vector<std::string>(fields.begin(), fields.end()));
}

TEST(MovieJson, summary_values) {
  const json::object film = json::parse(summary_of(full_movie())).as_object();
  EXPECT_EQ(film.at("title").as_string(), "Иван <Васильевич> & \"друзья\"");
  EXPECT_EQ(film.at("views").as_int64(), 9'000'000'005);
  EXPECT_EQ(film.at("duration").as_string(), "1:28:00");
  EXPECT_EQ(film.at("genre").as_string(), "комедия, фантастика");
  EXPECT_EQ(film.at("rating").as_double(), 8.8);
  EXPECT_EQ(film.at("added_at").as_string(), "2026-01-02T03:04:05Z");
  EXPECT_EQ(film.at("updated_at").as_string(), "2026-01-02T03:04:05.250Z");
}

TEST(MovieJson, absent_values_are_null_and_empty_lists) {
  domain::Movie movie;
  movie.facts.title = "X";
  const json::object film = json::parse(summary_of(movie)).as_object();
  for (const char* name :
       {"original_title", "year", "image_url", "duration", "genre", "rating", "age_rating"}) {
    EXPECT_TRUE(film.at(name).is_null()) << name;
  }
  EXPECT_TRUE(film.at("genres").as_array().empty());
}

TEST(MovieJson, a_film_of_several_sources_names_them_and_its_numbers_elsewhere) {
  domain::Movie movie;
  movie.facts.title = "Брат";
  movie.facts.aliases = {"Brother"};
  movie.facts.ids = {{"imdb", "tt0118767"}, {"tmdb", "20992"}};
  movie.records.resize(2);
  movie.records[0].source = "a";
  movie.records[1].source = "b";
  std::string out;
  append_movie(out, movie);
  const json::object film = json::parse(out).as_object();
  EXPECT_EQ(json::serialize(film.at("aliases")), R"(["Brother"])");
  EXPECT_EQ(json::serialize(film.at("ids")), R"({"imdb":"tt0118767","tmdb":"20992"})");
  EXPECT_EQ(film.at("sources").as_array().size(), 2U);
  EXPECT_EQ(film.at("sources").at(1).at("source").as_string(), "b");
}

TEST(MovieJson, ids_and_aliases_are_read_back_in_one_form) {
  const domain::MovieFacts facts =
      facts_from_json(json::parse(R"({"title":"X","source":"s","source_id":"1","aliases":["Y "],
        "ids":{"TMDB":" 7","imdb":"tt1","empty":""},"views":12,"local_views":5})"))
          .value();
  EXPECT_EQ(facts.aliases, (std::vector<std::string>{"Y"}));
  EXPECT_EQ(facts.ids, (std::vector<domain::ExternalId>{{"imdb", "tt1"}, {"tmdb", "7"}}));
  EXPECT_EQ(facts.views, 7);
  std::string out;
  append_facts(out, facts);
  EXPECT_EQ(facts_from_json(json::parse(out)).value(), facts);
  EXPECT_TRUE(facts_from_json(json::parse(R"({"ids":["tt1"]})")).has_error());
  EXPECT_TRUE(facts_from_json(json::parse(R"({"ids":{"imdb":7}})")).has_error());
}

TEST(MovieJson, text_can_stand_inside_a_page) {
  std::string out;
  append_string(out, "</script>&\u2028\u2029\x01\t\"\\\u20ac");
  EXPECT_EQ(out, R"("\u003c/script\u003e\u0026\u2028\u2029\u0001\t\"\\€")");
}

TEST(MovieJson, full_film_read_back_gives_its_facts) {
  domain::Movie movie = full_movie();
  movie.local_views = 0;
  std::string out;
  append_movie(out, movie);
  EXPECT_EQ(json::parse(out).at("sources").as_array().size(), 1U);
  const auto facts = facts_from_json(json::parse(out));
  ASSERT_TRUE(facts.has_value()) << describe(facts.error());
  EXPECT_EQ(facts.value(), movie.facts);
}

TEST(MovieJson, facts_read_back_are_the_same) {
  domain::MovieFacts facts = full_movie().facts;
  facts.is_active = false;
  std::string out;
  append_facts(out, facts);
  EXPECT_EQ(facts_from_json(json::parse(out)).value(), facts);
  domain::MovieFacts bare;
  bare.title = "X";
  out.clear();
  append_facts(out, bare);
  EXPECT_EQ(facts_from_json(json::parse(out)).value(), bare);
}

TEST(FactsFromJson, names_every_fault_at_once) {
  const auto facts = facts_from_json(json::parse(R"({
    "title": 5, "year": 1999.5, "views": 18446744073709551615, "genres": ["драма", 7], "rating": 11,
    "added_at": "yesterday", "is_active": "yes", "colour/a~b": 1, "duration": "long", "genre": "x"})"));
  ASSERT_TRUE(facts.has_error());
  EXPECT_EQ(facts.error().code, ErrorCode::kInvalidArgument);
  std::vector<std::string> pointers;
  for (const FieldError& fault : facts.error().fields) pointers.push_back(fault.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/title", "/year", "/views", "/genres/1", "/rating",
                                                "/added_at", "/is_active", "/colour~1a~0b", "/duration"}));
}

TEST(FactsFromJson, text_forms_are_taken_when_the_exact_ones_are_absent) {
  const auto facts =
      facts_from_json(json::parse(R"({"title":"X","genre":"драма, комедия","duration":"1:42:05"})")).value();
  EXPECT_EQ(facts.genres, (std::vector<std::string>{"драма", "комедия"}));
  EXPECT_EQ(facts.duration_seconds, 6125);
  const auto exact =
      facts_from_json(
          json::parse(R"({"genre":"драма","genres":[],"duration":"1:42:05","duration_seconds":60})"))
          .value();
  EXPECT_TRUE(exact.genres.empty());
  EXPECT_EQ(exact.duration_seconds, 60);
}

TEST(FactsFromJson, whole_numbers_in_any_spelling_and_null_for_absent) {
  const auto facts =
      facts_from_json(json::parse(R"({"year":1.999e3,"views":7.0,"rating":null,"title":null})")).value();
  EXPECT_EQ(facts.year, 1999);
  EXPECT_EQ(facts.views, 7);
  EXPECT_EQ(facts.rating, std::nullopt);
}

TEST(FactsFromJson, refuses_what_is_no_object) {
  EXPECT_TRUE(facts_from_json(json::parse("[]")).has_error());
  EXPECT_TRUE(facts_from_json(json::parse("null")).has_error());
}

}  // namespace
}  // namespace filmoteka::api
