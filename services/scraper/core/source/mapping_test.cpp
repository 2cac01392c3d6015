#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/source/expression_fixtures.hpp>
#include <scraper/core/source/mapping.hpp>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;

class MappingTest : public testing::Test {
 protected:
  Mapping compile(std::string_view yaml) {
    Compilation compilation{.faults = faults_};
    return Mapping::compile(*config::parse_yaml(yaml, "test"), "fields", compilation);
  }
  std::vector<FieldError> faults_;
};

TEST_F(MappingTest, leaves_out_what_is_absent) {
  const Mapping mapping = compile("{title: t, year: y, cast: {from: c, filters: [{split: \",\"}]}}");
  const json::value record = json::parse(R"({"t":"Зеркало","y":" ","c":"А, Б"})");
  EXPECT_EQ(json::serialize(mapping.apply({.json = &record})), R"({"title":"Зеркало","cast":["А","Б"]})");
  EXPECT_TRUE(mapping.has("year"));
  EXPECT_FALSE(mapping.has("source_id"));
}

TEST_F(MappingTest, takes_ids_kind_by_kind_or_whole) {
  const json::value record = json::parse(R"({"imdb":"tt1","k":7,"all":{"tmdb":"5"}})");
  EXPECT_EQ(json::serialize(compile("{ids: {imdb: imdb, kinopoisk: k, tmdb: t}}").apply({.json = &record})),
            R"({"ids":{"imdb":"tt1","kinopoisk":7}})");
  EXPECT_EQ(json::serialize(compile("{ids: all}").apply({.json = &record})), R"({"ids":{"tmdb":"5"}})");
  EXPECT_EQ(json::serialize(compile("{ids: {from: all}}").apply({.json = &record})),
            R"({"ids":{"tmdb":"5"}})");
}

TEST_F(MappingTest, shows_how_each_field_came_about) {
  const json::value record = json::parse(R"({"t":" Зеркало ","imdb":"tt1"})");
  std::vector<FieldTrace> traces;
  compile("{title: {from: t, filters: [trim]}, ids: {imdb: imdb}, year: y}").apply({.json = &record}, traces);
  std::vector<std::string> lines;
  for (const FieldTrace& trace : traces) {
    std::string line = trace.field + ":";
    for (const TraceStep& step : trace.steps) line += " " + step.name + "=" + shown(step.value);
    lines.push_back(line);
  }
  EXPECT_THAT(lines, ElementsAre("title: from t=\" Зеркало \" trim=\"Зеркало\"", "year: from y=absent",
                                 "ids.imdb: from imdb=\"tt1\""));
}

TEST_F(MappingTest, refuses_fields_that_films_do_not_have) {
  compile("{title: t, colour: c, ids: {imbd: i}}");
  ASSERT_EQ(faults_.size(), 2U);
  EXPECT_THAT(faults_[0].detail + faults_[0].parameter, HasSubstr("Did you mean 'imdb'?fields.ids.imbd"));
  EXPECT_EQ(faults_[1].parameter, "fields.colour");
}

}  // namespace
}  // namespace filmoteka::scraper
