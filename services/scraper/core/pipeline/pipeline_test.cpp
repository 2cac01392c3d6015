#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/pipeline/excerpt.hpp>
#include <scraper/core/pipeline/pipeline.hpp>

namespace filmoteka::scraper {
namespace {

using testing::ElementsAre;
using testing::Pair;

constexpr Timestamp kNow{std::chrono::milliseconds{1'700'000'000'000}};

struct Collected final : FilmSink {
  std::vector<domain::MovieFacts> films;
  std::vector<Reject> rejects;
  std::vector<std::string> mapped;
  bool steps_wanted = false;

  void film(domain::MovieFacts film) override { films.push_back(std::move(film)); }
  void reject(Reject reject) override { rejects.push_back(std::move(reject)); }
  void steps(ItemSteps steps) override { mapped.push_back(boost::json::serialize(steps.mapped)); }
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

TEST(Excerpt, is_short_valid_and_on_one_line) {
  EXPECT_EQ(excerpt_of(std::string_view(" a\nb\xFF ")), "a b\uFFFD");
  EXPECT_EQ(excerpt_of(std::string_view(std::string(1'000, 'x'))).size(),
            kMaxExcerptLength + std::string("…").size());
}

}  // namespace
}  // namespace filmoteka::scraper
