#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/source/source_definition.hpp>

#include <chrono>
#include <fstream>
#include <sstream>

namespace filmoteka::scraper {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;

std::vector<std::string> places_of(const Result<SourceDefinition>& result) {
  std::vector<std::string> places;
  if (result.has_error()) {
    for (const FieldError& field : result.error().fields) places.push_back(field.parameter);
  }
  return places;
}

std::string read_file(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(std::string(FILMOTEKA_SOURCE_DIR) + "/" + path).rdbuf();
  return text.str();
}

constexpr std::string_view kSite = R"x(
name: films
title: Films
kind: html
language: ru
schedule: {every: 6h, jitter: 20%}
politeness: {delay: 2s, max_pages: 5, max_films: 10}
obey_robots: false
robots_reason: it is our own site
assumed_offset: "+03:00"
encoding: windows-1251
gone_after: 5
full_every: 30d
base_url: http://127.0.0.1:9999/
request:
  url: /{list}/
  query: {page: "{page}", lang: ru}
  headers: {X-Reader: films}
  lists: [new, 7]
paging:
  page: {first: 0, step: 20, last: 100}
  more: .pager .next
  stop_at_known: 40
items: div.film
titles: upload
kinds: [movie, other]
facts_in_description: true
fields: {title: h2, source_id: "a::attr(href)"}
details:
  request: "{$item.source_url}"
  when: [{from: $field.source_url, exists: true}]
  required: false
  wins: list
  list_fields: [title]
  items: {xpath: "//main"}
  fields: {description: .text}
  skip: [{reason: gone, css: .error, exists: true}]
skip: [{reason: advert, css: .ad, exists: true}]
blocked: [{css: title, matches: QRATOR}]
expect: {min_items: 10, fill: {year: 90%, views: 0.5}}
network: {hosts: [.cdn.example], allow_private: true, proxy: "http://127.0.0.1:3128"}
browser: {wait_for: .film, settle: 500ms}
)x";

TEST(SourceDefinition, reads_what_all_sources_have) {
  const auto result = parse_source_definition(kSite, "films.yaml");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->kind_name(), "html");
  EXPECT_EQ(result->language, "ru");
  EXPECT_EQ(result->schedule->every, std::chrono::hours{6});
  EXPECT_DOUBLE_EQ(result->schedule->jitter, 0.2);
  EXPECT_EQ(result->politeness.delay, std::chrono::seconds{2});
  EXPECT_EQ(result->politeness.max_films, 10U);
  EXPECT_FALSE(result->obey_robots);
  EXPECT_EQ(result->robots_reason, "it is our own site");
  EXPECT_EQ(result->assumed_offset, std::chrono::minutes{180});
  EXPECT_EQ(result->gone_after, 5U);
  EXPECT_EQ(result->full_every, std::chrono::hours{720});
  EXPECT_EQ(result->file(), nullptr);
}

TEST(SourceDefinition, reads_a_site) {
  const auto result = parse_source_definition(kSite, "films.yaml");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  const WebSource& site = *result->web();
  EXPECT_EQ(site.base_url, "http://127.0.0.1:9999");
  EXPECT_THAT(site.request.lists, ElementsAre("new", "7"));
  EXPECT_EQ(site.request.query.size(), 2U);
  EXPECT_THAT(site.request.headers, ElementsAre(std::pair<std::string, std::string>{"X-Reader", "films"}));
  const auto& pages = std::get<NumberPaging>(site.paging.pages);
  EXPECT_EQ(pages.step, 20);
  EXPECT_NE(pages.more, nullptr);
  EXPECT_EQ(site.paging.stop_at_known, 40U);
  EXPECT_NE(site.item_selector, nullptr);
  EXPECT_EQ(site.titles, TitleStyle::kUpload);
  EXPECT_THAT(site.kinds, ElementsAre("movie", "other"));
  EXPECT_TRUE(site.facts_in_description);
  EXPECT_EQ(site.encoding, "windows-1251");
  EXPECT_EQ(site.skip.front().reason, "advert");
  EXPECT_EQ(site.blocked.size(), 1U);
  EXPECT_EQ(site.expect.min_items, 10U);
  EXPECT_DOUBLE_EQ(site.expect.fill.at("year"), 0.9);
  EXPECT_THAT(site.hosts, ElementsAre(".cdn.example"));
  EXPECT_TRUE(site.allow_private_addresses);
  EXPECT_EQ(site.proxy, "http://127.0.0.1:3128");
  EXPECT_EQ(site.browser->settle, std::chrono::milliseconds{500});
}

TEST(SourceDefinition, reads_the_details_of_a_site) {
  const auto result = parse_source_definition(kSite, "films.yaml");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  const Details& details = *result->web()->details;
  EXPECT_EQ(details.kind, AnswerKind::kHtml);
  EXPECT_FALSE(details.required);
  EXPECT_TRUE(details.list_wins);
  EXPECT_THAT(details.list_fields, ElementsAre("title"));
  EXPECT_NE(details.item_selector, nullptr);
  EXPECT_EQ(details.when.size(), 1U);
  EXPECT_EQ(details.skip.front().reason, "gone");
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
  EXPECT_EQ(result->kind_name(), "file");
  EXPECT_EQ(result->file()->format, FileFormat::kCsv);
  EXPECT_EQ(result->file()->csv_delimiter, ';');
  EXPECT_EQ(result->duplicates, DuplicatePolicy::kNumber);
  EXPECT_TRUE(result->obey_robots);
  EXPECT_FALSE(result->schedule.has_value());
  EXPECT_EQ(result->politeness.max_films, 0U);
  EXPECT_EQ(result->web(), nullptr);
}

TEST(SourceDefinition, reads_the_other_ways_of_paging) {
  const std::string site =
      "name: a\ntitle: A\nkind: json\nbase_url: https://a.example\nfields: {title: t, source_id: i}\n";
  const auto linked =
      parse_source_definition(site + "request: /f\npaging: {next: next, more: has_next}\n", "a");
  ASSERT_TRUE(linked.has_value()) << linked.error().message;
  EXPECT_NE(std::get<NextLinkPaging>(linked->web()->paging.pages).more, nullptr);
  const auto dated =
      parse_source_definition(site +
                                  "request: {url: \"/f/{date}\", query: {c: \"{cursor}\"}}\n"
                                  "paging: {cursor: c, dates: {back: 10d, format: \"%d%m%Y\"}}\n",
                              "a");
  ASSERT_TRUE(dated.has_value()) << dated.error().message;
  EXPECT_TRUE(std::holds_alternative<CursorPaging>(dated->web()->paging.pages));
  EXPECT_EQ(dated->web()->paging.dates->back, std::chrono::days{10});
  const auto ranged =
      parse_source_definition(site + "request: {url: \"/{list}\", lists: {from: 2002, to: 2000}}\n", "a");
  ASSERT_TRUE(ranged.has_value()) << ranged.error().message;
  EXPECT_THAT(ranged->web()->request.lists, ElementsAre("2002", "2001", "2000"));
}

TEST(SourceDefinition, names_every_fault_at_once_with_place_and_line) {
  const auto result = parse_source_definition(R"(name: "Bad Name"
kind: json
colour: red
schedule: {jitter: 80%}
politeness: {delay: soon}
obey_robots: maybe
base_url: ftp://rutube.ru
request: /{list}/
fields:
  title: t
  source_id: {from: i, filters: [trimm]}
)",
                                              "bad.yaml");
  EXPECT_THAT(places_of(result),
              ElementsAre("name", "title", "base_url", "request", "fields.source_id.filters[0]",
                          "schedule.every", "schedule.jitter", "politeness.delay", "obey_robots", "colour"));
  EXPECT_THAT(result.error().message, HasSubstr("bad.yaml: name: line 1: must be made of"));
  EXPECT_THAT(result.error().message,
              HasSubstr("fields.source_id.filters[0]: line 11: 'trimm' is not a filter"));
  EXPECT_THAT(result.error().message, HasSubstr("colour: line 3: is not a key"));
}

TEST(SourceDefinition, refuses_each_fault_of_the_table) {
  const auto table = config::parse_yaml(read_file("tests/sources/faulty_definitions.yaml"), "table");
  ASSERT_TRUE(table.has_value()) << table.error().message;
  ASSERT_GE(table->items.size(), 50U);
  for (const config::YamlNode& row : table->items) {
    const auto what = std::string(row.find("what")->scalar.as_string());
    std::vector<std::string> places;
    for (const auto& place : row.find("places")->items) places.emplace_back(place.scalar.as_string());
    const auto result = parse_source_definition(row.find("definition")->scalar.as_string(), "a.yaml");
    EXPECT_TRUE(result.has_error()) << what;
    EXPECT_THAT(places_of(result), ElementsAreArray(places))
        << what << (result.has_error() ? result.error().message : "");
  }
}

TEST(SourceDefinition, refuses_what_is_no_group_of_keys) {
  EXPECT_TRUE(parse_source_definition("", "a.yaml").has_error());
  EXPECT_TRUE(parse_source_definition("[1]", "a.yaml").has_error());
  EXPECT_TRUE(parse_source_definition("a: [", "a.yaml").has_error());
}

TEST(SourceDefinition, refuses_hostile_files_at_once) {
  const std::string site =
      "name: a\ntitle: A\nkind: html\nbase_url: https://a.example\nrequest: /f\nfields: {title: h1, "
      "source_id: ";
  const auto refusal = [&](const std::string& id) {
    const auto started = std::chrono::steady_clock::now();
    const auto result = parse_source_definition(site + id + "}\n", "a.yaml");
    const auto took = std::chrono::steady_clock::now() - started;
    // Measured: at most 200 ms with the sanitizers, 31 ms without; the rest is room for a busy machine.
    EXPECT_LT(took, std::chrono::seconds{2}) << id.substr(0, 60);
    return result.has_error() ? result.error().message.substr(0, 4'000) : "accepted";
  };
  std::string deep;
  for (int i = 0; i < 120; ++i) deep += ":not(";
  std::string alternatives = "[a";
  for (int i = 0; i < 1'000; ++i) alternatives += ", a" + std::to_string(i);
  std::string nested;
  for (int i = 0; i < 40; ++i) nested += "{first: [";
  for (int i = 0; i < 40; ++i) nested += "]}";
  EXPECT_THAT(refusal("{css: a, filters: [{regexp: '" + std::string(1'000'000, 'a') + "'}]}"),
              HasSubstr("larger than"));
  EXPECT_THAT(refusal("{css: a, filters: [{regexp: '" + std::string(5'000, 'a') + "'}]}"),
              HasSubstr("at most 1000 bytes"));
  EXPECT_THAT(refusal("{css: a, filters: [{regexp: '((((a{100}){100}){100}){100})'}]}"),
              HasSubstr("regular expression"));
  EXPECT_THAT(refusal("\"a" + deep + "b" + std::string(120, ')') + "\""), HasSubstr("fields.source_id"));
  EXPECT_THAT(refusal(alternatives + "]"), HasSubstr("at most 300 selectors"));
  EXPECT_THAT(refusal(nested), HasSubstr("nested too deep"));
  // As many as may be, each as large as may be.
  std::string programs = "{constant: x, filters: [trim";
  for (int i = 0; i < 29; ++i) programs += ", {regexp: '(?:(?:[а-я]{9}){9}){9}'}";
  std::string many = "[" + programs + "]}";
  for (int i = 0; i < 9; ++i) many += ", " + programs + "]}";
  EXPECT_THAT(refusal("i, year: " + many + ", {from: 'a['}]"), HasSubstr("too large together"));
  std::string keys;
  for (int i = 0; i < 6'000; ++i) keys += ", k" + std::to_string(i) + ": 1";
  EXPECT_THAT(refusal("i" + keys), HasSubstr("more faults"));
  EXPECT_THAT(refusal("&a [*a, *a]"), HasSubstr("not allowed"));
}

TEST(SourceDefinition, shows_the_first_of_very_many_faults) {
  std::string yaml = "name: a\ntitle: A\nkind: file\nfile: {format: csv, fields: {title: t, source_id: i}}\n";
  for (int i = 0; i < 500; ++i) yaml += "k" + std::to_string(i) + ": 1\n";
  const auto result = parse_source_definition(yaml, "a.yaml");
  ASSERT_TRUE(result.has_error());
  EXPECT_THAT(result.error().message, HasSubstr("; and 450 more faults"));
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
