#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/pipeline/excerpt.hpp>
#include <scraper/core/pipeline/pipeline.hpp>

namespace filmoteka::scraper {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr Timestamp kNow{std::chrono::milliseconds{1'700'000'000'000}};

struct Collected final : FilmSink {
  std::vector<domain::MovieFacts> films;
  std::vector<Reject> rejects;
  std::vector<std::string> mapped;
  bool steps_wanted = false;

  void film(domain::MovieFacts film) override { films.push_back(std::move(film)); }
  void reject(Reject reject) override { rejects.push_back(std::move(reject)); }
  void steps(const boost::json::value&, const RawFilm& raw) override {
    mapped.push_back(boost::json::serialize(raw));
  }
  bool wants_steps() const override { return steps_wanted; }

  std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const auto& film : films) ids.push_back(film.source_id);
    return ids;
  }
};

SourceDefinition definition(std::string_view yaml) {
  auto result = parse_source_definition(yaml, "test.yaml");
  EXPECT_TRUE(result.has_value());
  return std::move(result).value();
}

SourceDefinition file_source(const std::string& more = {}) {
  return definition(
      "name: test\ntitle: T\nkind: file\nfile: {format: ndjson, fields: {title: t, source_id: i, year: "
      "y}}\n" +
      more);
}

Collected run(const SourceDefinition& source, std::string_view text, Counts* counts = nullptr) {
  Collected found;
  FilePipeline pipeline(source, kNow, found);
  EXPECT_TRUE(pipeline.push(text).has_value());
  EXPECT_TRUE(pipeline.finish().has_value());
  if (counts != nullptr) *counts = pipeline.counts();
  return found;
}

TEST(FilePipeline, gives_films_and_rejects_with_reasons) {
  Counts counts;
  const Collected found =
      run(file_source(), "{\"t\":\"A\",\"i\":1,\"y\":\"?\"}\n{\"t\":\"\",\"i\":2}\n{oops\n{\"t\":\"B\"}\n",
          &counts);
  EXPECT_THAT(found.ids(), ElementsAre("1"));
  ASSERT_EQ(found.rejects.size(), 3U);
  EXPECT_EQ(found.rejects[0].stage, Stage::kValidate);
  EXPECT_EQ(found.rejects[0].source_id, "2");
  EXPECT_EQ(found.rejects[0].position, "row 2, line 2");
  EXPECT_THAT(found.rejects[0].reasons, ElementsAre(Reason{"invalid_title", "title is required"}));
  EXPECT_EQ(found.rejects[0].excerpt, "{\"t\":\"\",\"i\":2}");
  EXPECT_EQ(found.rejects[1].stage, Stage::kExtract);
  EXPECT_EQ(found.rejects[1].excerpt, "{oops");
  EXPECT_EQ(counts.found, 4U);
  EXPECT_EQ(counts.films, 1U);
  EXPECT_EQ(counts.rejected, 3U);
  EXPECT_THAT(counts.rejected_by_reason,
              ElementsAre(Pair("invalid_source_id", 1U), Pair("invalid_title", 1U), Pair("unreadable", 1U)));
  EXPECT_THAT(counts.warnings, ElementsAre(Pair("year_unreadable", 1U)));
}

TEST(FilePipeline, treats_repeated_ids_as_the_source_says) {
  constexpr std::string_view kRows = "{\"t\":\"A\",\"i\":1}\n{\"t\":\"B\",\"i\":1}\n{\"t\":\"C\",\"i\":1}\n";
  const Collected first = run(file_source(), kRows);
  EXPECT_THAT(first.ids(), ElementsAre("1"));
  EXPECT_EQ(first.films[0].title, "A");
  EXPECT_EQ(first.rejects[1].reasons[0].code, "duplicate");
  EXPECT_THAT(run(file_source("duplicates: number\n"), kRows).ids(), ElementsAre("1", "1#2", "1#3"));
}

TEST(FilePipeline, stops_at_the_limit_of_films) {
  const SourceDefinition source = file_source("politeness: {max_films: 2}\n");
  EXPECT_THAT(run(source, "{\"t\":\"A\",\"i\":1}\n{\"t\":\"B\",\"i\":2}\n{\"t\":\"C\",\"i\":3}\n").ids(),
              ElementsAre("1", "2"));
}

TEST(FilePipeline, shows_its_steps_to_who_wants_them) {
  const SourceDefinition source = file_source();
  Collected found;
  found.steps_wanted = true;
  FilePipeline pipeline(source, kNow, found);
  ASSERT_TRUE(pipeline.push("{\"t\":\"A\",\"i\":1,\"x\":2}\n").has_value());
  EXPECT_THAT(found.mapped, ElementsAre("{\"title\":\"A\",\"source_id\":1}"));
}

const std::string kBase = "http://127.0.0.1:9";

SourceDefinition rutube_source() {
  return definition("name: films\ntitle: F\nkind: rutube\nassumed_offset: \"+03:00\"\nrutube: {base_url: \"" +
                    kBase + "\", categories: [4], channels: [7], film_lists: [825]}\n");
}

std::string video(char digit, const std::string& title) {
  return "{\"id\":\"" + std::string(32, digit) + "\",\"title\":\"" + title +
         "\",\"duration\":5400,\"hits\":5,\"publication_ts\":\"2019-06-03T20:31:17\",\"category\":{\"id\":4}"
         "}";
}

rutube::Answer json_answer(const std::string& body) {
  return {200, "application/json", body};
}

TEST(RutubePipeline, begins_with_each_list) {
  const SourceDefinition source = rutube_source();
  Collected found;
  EXPECT_THAT(RutubePipeline(source, kNow, found).list_urls(),
              ElementsAre(kBase + "/api/video/category/4/", kBase + "/api/video/person/7/",
                          kBase + "/api/feeds/cardgroup/825"));
}

TEST(RutubePipeline, takes_pages_in_and_never_goes_in_circles) {
  const SourceDefinition source = rutube_source();
  Collected found;
  RutubePipeline pipeline(source, kNow, found);
  const std::string first = kBase + "/api/video/category/4/";
  const std::string body =
      "{\"has_next\":true,\"next\":\"https://rutube.ru/api/video/category/4/?page=2\",\"results\":[" +
      video('a', "Солярис (1972)") + "," + video('b', "Солярис. Трейлер") + ",7]}";
  const PageOutcome one = pipeline.page(first, json_answer(body));
  EXPECT_EQ(one.next_url, first + "?page=2");
  EXPECT_EQ(one.rows, 3U);
  const std::string again =
      "{\"has_next\":true,\"next\":\"/api/video/category/4/\",\"results\":[" + video('a', "Солярис") + "]}";
  const PageOutcome two = pipeline.page(*one.next_url, json_answer(again));
  EXPECT_EQ(two.next_url, std::nullopt);
  EXPECT_THAT(two.explanation, testing::HasSubstr("circle"));
  ASSERT_EQ(found.films.size(), 1U);
  EXPECT_EQ(found.films[0].title, "Солярис");
  EXPECT_EQ(found.films[0].added_at, Timestamp{std::chrono::seconds{1'559'583'077}});
  EXPECT_THAT(pipeline.counts().rejected_by_reason,
              ElementsAre(Pair("duplicate", 1U), Pair("trailer", 1U), Pair("unreadable", 1U)));
}

TEST(RutubePipeline, does_not_take_a_challenge_for_an_empty_list) {
  const SourceDefinition source = rutube_source();
  Collected found;
  RutubePipeline pipeline(source, kNow, found);
  const PageOutcome blocked = pipeline.page("u", {200, "text/html", "<html>QRATOR</html>"});
  EXPECT_EQ(blocked.answer, rutube::AnswerClass::kBlocked);
  EXPECT_THAT(blocked.explanation, testing::HasSubstr("QRATOR"));
  EXPECT_EQ(pipeline.page("v", json_answer("{\"items\":[]}")).answer, rutube::AnswerClass::kDrifted);
  EXPECT_EQ(pipeline.page("w", json_answer("{\"detail\":\"Not found\"}")).answer,
            rutube::AnswerClass::kNotFound);
}

TEST(RutubePipeline, asks_for_the_video_behind_a_film_card) {
  const SourceDefinition source = rutube_source();
  Collected found;
  RutubePipeline pipeline(source, kNow, found);
  const std::string body =
      "{\"results\":[{\"id\":1,\"content_type\":{\"model\":\"tv\"},\"object_id\":2,\"object\":"
      "{\"name\":\"Трон (2016)\",\"type\":{\"name\":\"movie\"},\"absolute_url\":\"https://rutube.ru/video/" +
      std::string(32, 'c') + "/\",\"genres\":[{\"id\":1,\"name\":\"драма\"}]}}]}";
  const PageOutcome outcome = pipeline.page("u", json_answer(body));
  ASSERT_EQ(outcome.details.size(), 1U);
  EXPECT_EQ(outcome.details[0].url, kBase + "/api/video/" + std::string(32, 'c') + "/");
  EXPECT_THAT(found.films, IsEmpty());
  const std::string detail = video('c', "Трон");
  const rutube::Answer answer = json_answer(detail);
  pipeline.details(outcome.details[0], &answer);
  ASSERT_EQ(found.films.size(), 1U);
  EXPECT_EQ(found.films[0].year, 2016);
  EXPECT_EQ(found.films[0].duration_seconds, 5'400);
  EXPECT_THAT(found.films[0].genres, ElementsAre("драма"));
  pipeline.details(outcome.details[0], nullptr);
  EXPECT_EQ(found.rejects.back().reasons[0].code, "no_details");
}

TEST(Excerpt, is_short_valid_and_on_one_line) {
  EXPECT_EQ(excerpt_of(std::string_view(" a\nb\xFF ")), "a b\uFFFD");
  EXPECT_EQ(excerpt_of(std::string_view(std::string(1'000, 'x'))).size(),
            kMaxExcerptLength + std::string("…").size());
}

}  // namespace
}  // namespace filmoteka::scraper
