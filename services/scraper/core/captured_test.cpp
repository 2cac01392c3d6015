/// The normalisers on answers that Rutube really gave. They are not part of the repository:
/// FILMOTEKA_SHARED_DATA names the folder that has them; without it these tests are skipped.

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/normalise/film.hpp>
#include <scraper/core/pipeline/web_fixtures.hpp>

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

using fixtures::Collected;

TEST_F(Captured, lists_without_films_give_none) {
  const auto definition = fixtures::definition(fixtures::shipped("rutube-films"));
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "rutube")) {
    const std::string name = entry.path().filename().string();
    if (name.find("page1") == std::string::npos) continue;
    Collected found;
    WebPipeline pipeline(definition, fixtures::kNow, found);
    const std::string body = read("rutube/" + name);
    const auto page =
        fixtures::take(pipeline, {200, "application/json", body, "https://rutube.ru/api/x/?page=1"});
    EXPECT_EQ(page.answer, AnswerClass::kOk) << name << " " << page.what;
    EXPECT_GT(page.size(), 0U) << name;
    EXPECT_EQ(pipeline.counts().found, page.size()) << name;
    EXPECT_EQ(found.films.size(), 0U) << name << ": " << (found.films.empty() ? "" : found.films[0].title);
  }
}

TEST_F(Captured, a_list_of_series_gives_no_film_to_ask_for) {
  const auto definition = fixtures::definition(fixtures::shipped("rutube-film-lists"));
  Collected found;
  WebPipeline pipeline(definition, fixtures::kNow, found);
  const std::string body = read("rutube/07-api-feeds-cardgroup-690-series-page1.json");
  const auto page =
      pipeline.read({}, {200, "application/json", body, "https://rutube.ru/api/feeds/cardgroup/690/"});
  EXPECT_EQ(page.answer, AnswerClass::kOk) << page.what;
  EXPECT_THAT(pipeline.take(page, 0, page.size()).pending, testing::IsEmpty());
  EXPECT_EQ(found.rejects.size(), page.size());
  EXPECT_EQ(found.reasons().front(), "series");
}

TEST_F(Captured, a_video_is_read_field_by_field) {
  const auto video = read("rutube/09-api-video-8431c687e7e44c2bb4f020b77f07e38b.json");
  auto definition = fixtures::definition(fixtures::shipped("rutube-films"));
  // It is an episode, of 20 minutes; all the rest of it is as a film's.
  std::get<WebSource>(definition.kind).skip.clear();
  std::get<WebSource>(definition.kind).kinds = {"movie", "episode", "series", "other"};
  Collected found;
  WebPipeline pipeline(definition, fixtures::kNow, found);
  const auto body = "{\"has_next\":false,\"results\":[" + video + "]}";
  fixtures::take(pipeline, {200, "application/json", body, "https://rutube.ru/api/video/"});
  ASSERT_EQ(found.films.size(), 1U);
  const auto& facts = found.films[0];
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

}  // namespace
}  // namespace filmoteka::scraper
