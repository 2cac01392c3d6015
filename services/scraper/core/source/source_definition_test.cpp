#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/source/source_definition.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace filmoteka::scraper {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> places_of(const Result<SourceDefinition>& result) {
  std::vector<std::string> places;
  if (result.has_error()) {
    for (const FieldError& field : result.error().fields) places.push_back(field.parameter);
  }
  return places;
}

constexpr std::string_view kRutube = R"(
name: films
title: Films
kind: rutube
schedule: {every: 6h, jitter: 20%}
politeness: {delay: 2s, max_pages: 5, max_films: 10}
obey_robots: false
assumed_offset: "+03:00"
rutube:
  base_url: http://127.0.0.1:9999/
  categories: [4, 4]
  film_lists: [1150]
  min_duration: 50m
)";

TEST(SourceDefinition, reads_a_rutube_source) {
  const auto result = parse_source_definition(kRutube, "films.yaml");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->kind_name(), "rutube");
  EXPECT_EQ(result->schedule->every, std::chrono::hours{6});
  EXPECT_DOUBLE_EQ(result->schedule->jitter, 0.2);
  EXPECT_EQ(result->politeness.delay, std::chrono::seconds{2});
  EXPECT_EQ(result->politeness.max_films, 10U);
  EXPECT_FALSE(result->obey_robots);
  EXPECT_EQ(result->assumed_offset, std::chrono::minutes{180});
  const RutubeSource& rutube = *result->rutube();
  EXPECT_EQ(rutube.base_url, "http://127.0.0.1:9999");
  EXPECT_THAT(rutube.categories, ElementsAre(4));
  EXPECT_THAT(rutube.film_lists, ElementsAre(1150));
  EXPECT_EQ(rutube.min_duration, std::chrono::minutes{50});
}

TEST(SourceDefinition, reads_a_file_source) {
  const auto result = parse_source_definition(R"(
name: mine
title: Mine
kind: file
duplicates: number
file:
  path: films.csv
  format: csv
  delimiter: ";"
  fields: {title: Title, source_id: Id}
)",
                                              "mine.yaml");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->file()->format, FileFormat::kCsv);
  EXPECT_EQ(result->file()->csv_delimiter, ';');
  EXPECT_EQ(result->duplicates, DuplicatePolicy::kNumber);
  EXPECT_TRUE(result->obey_robots);
  EXPECT_FALSE(result->schedule.has_value());
  EXPECT_EQ(result->politeness.max_films, 0U);
}

TEST(SourceDefinition, names_every_fault_at_once_with_place_and_line) {
  const auto result = parse_source_definition(R"(name: "Bad Name"
kind: rutube
colour: red
schedule: {jitter: 80%}
politeness: {delay: soon}
obey_robots: maybe
assumed_offset: Moscow
rutube:
  base_url: ftp://rutube.ru
  categories: [four]
  min_duration: 20h
)",
                                              "bad.yaml");
  EXPECT_THAT(places_of(result),
              ElementsAre("name", "title", "rutube.base_url", "rutube.categories[0]", "rutube.categories",
                          "rutube.min_duration", "schedule.every", "schedule.jitter", "politeness.delay",
                          "obey_robots", "assumed_offset", "colour"));
  EXPECT_THAT(result.error().message, HasSubstr("bad.yaml: name: line 1: must be made of"));
  EXPECT_THAT(result.error().message, HasSubstr("colour: line 3: is not a key"));
}

TEST(SourceDefinition, names_the_faults_of_a_mapping) {
  const auto result = parse_source_definition(R"(
name: mine
title: Mine
kind: file
file:
  format: json
  fields:
    title: {from: a, constant: b}
    year: {from: y, unit: weeks}
    genres: {from: "g[", split: ","}
    colour: c
    description: {first: []}
)",
                                              "mine.yaml");
  EXPECT_THAT(places_of(result),
              ElementsAre("file.fields.title.from", "file.fields.year.unit", "file.fields.description.first",
                          "file.fields.genres.from", "file.fields.source_id", "file.fields.colour"));
}

TEST(SourceDefinition, refuses_the_section_of_another_kind) {
  const auto result =
      parse_source_definition("name: a\ntitle: A\nkind: file\nrutube: {categories: [4]}\n", "a.yaml");
  EXPECT_THAT(places_of(result), ElementsAre("rutube", "file"));
}

TEST(SourceDefinition, refuses_what_is_no_group_of_keys) {
  EXPECT_TRUE(parse_source_definition("", "a.yaml").has_error());
  EXPECT_TRUE(parse_source_definition("[1]", "a.yaml").has_error());
  EXPECT_TRUE(parse_source_definition("a: [", "a.yaml").has_error());
}

TEST(SourceDefinition, accepts_every_file_that_comes_with_the_product) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(FILMOTEKA_SOURCE_DIR "/sources")) {
    if (entry.path().extension() != ".yaml") continue;
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const auto result = parse_source_definition(text.str(), entry.path().filename().string());
    ASSERT_TRUE(result.has_value()) << result.error().message;
    EXPECT_EQ(result->name, entry.path().stem().string());
    EXPECT_TRUE(result->obey_robots);
    ++files;
  }
  EXPECT_GE(files, 4U);
}

TEST(Interval, needs_a_number_and_a_unit) {
  using std::chrono::milliseconds;
  EXPECT_EQ(parse_interval("1500ms"), milliseconds{1'500});
  EXPECT_EQ(parse_interval("2d"), milliseconds{172'800'000});
  EXPECT_EQ(parse_interval("6"), std::nullopt);
  EXPECT_EQ(parse_interval("h"), std::nullopt);
  EXPECT_EQ(parse_interval("-1h"), std::nullopt);
  EXPECT_EQ(parse_interval("99999999999h"), std::nullopt);
}

}  // namespace
}  // namespace filmoteka::scraper
