/// The shipped definitions of Rutube, on rows in the shapes of 2019–2026.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/pipeline/web_fixtures.hpp>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;
using fixtures::answer_of;
using fixtures::Collected;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kId = "0123456789abcdef0123456789abcdef";

/// A long video of category 4 in the shape of 2024, with `changes` on top.
json::object video(std::string_view changes = "{}") {
  json::object object = json::parse(R"j({
    "id":"0123456789abcdef0123456789abcdef","title":"Солярис / Solaris (1972)\t","hits":166723925,"duration":10020,
    "thumbnail_url":"https://pic.example.org/a.jpg","picture_url":"","publication_ts":"2024-04-13T16:08:34",
    "created_ts":"2024-04-10T10:37:25","category":{"id":4,"name":"Фильмы"},"pg_rating":{"age":12},
    "description":"Станция &laquo;Солярис&raquo;.\r\nСтрана: СССР  Жанр: фантастика, драма  Режиссер: А. Т.",
    "action_reason":{"id":0,"name":""},"product_id":22,"is_paid":false,"is_deleted":false,"genres":"https://rutube.ru/x"})j")
                            .as_object();
  const auto parsed = json::parse(changes);
  for (const auto& [key, value] : parsed.as_object()) object[key] = value;
  return object;
}

json::object card(std::string_view type, std::string_view address) {
  json::object object =
      json::parse(R"j({"name":"Трон теней / Throne of Shadows (2016)","original_title":"","age":"6+",
    "genres":[{"id":1,"name":"фэнтези"}],"countries":["Китай"],"year_start":"2016","picture":"https://pic.example.org/p.jpg",
    "description":"Сказка","content":"https://rutube.ru/api/metainfo/tv/1/video"})j")
          .as_object();
  object["type"] = json::object{{"id", 1}, {"name", type}};
  object["absolute_url"] = address;
  return object;
}

std::string page_of(json::value row) {
  return json::serialize(
      json::object{{"has_next", false}, {"next", nullptr}, {"results", json::array{std::move(row)}}});
}

/// What the definition called `name` makes of one row.
Collected made_of(const std::string& name, const json::value& row, const json::value* details = nullptr) {
  static std::map<std::string, SourceDefinition> definitions;
  if (!definitions.contains(name)) definitions.emplace(name, fixtures::definition(fixtures::shipped(name)));
  Collected found;
  WebPipeline pipeline(definitions.at(name), fixtures::kNow, found);
  const auto body = page_of(row);
  const auto answer = answer_of(body, "application/json", "https://rutube.ru/api/x/");
  const auto more = details == nullptr ? std::string() : json::serialize(*details);
  const auto of_video = answer_of(more, "application/json", "https://rutube.ru/api/video/");
  fixtures::take(pipeline, answer, details == nullptr ? nullptr : &of_video);
  return found;
}

std::vector<std::string> refusals_of(std::string_view changes) {
  return made_of("rutube-films", video(changes)).reasons();
}

TEST(RutubeVideo, becomes_a_film) {
  const auto found = made_of("rutube-films", video());
  EXPECT_THAT(found.reasons(), IsEmpty());
  ASSERT_EQ(found.films.size(), 1U);
  const auto& film = found.films[0];
  EXPECT_EQ(film.title, "Солярис");
  EXPECT_EQ(film.original_title, "Solaris");
  EXPECT_EQ(film.year, 1972);
  EXPECT_EQ(film.views, 166'723'925);
  EXPECT_EQ(film.duration_seconds, 10'020);
  EXPECT_EQ(film.added_at, Timestamp{std::chrono::seconds{1'713'013'714}}) << "Moscow time";
  EXPECT_EQ(film.source_id, kId);
  EXPECT_EQ(film.source_url, "https://rutube.ru/video/0123456789abcdef0123456789abcdef/");
  EXPECT_EQ(film.thumbnail_url, "https://pic.example.org/a.jpg");
  EXPECT_EQ(film.image_url, "https://pic.example.org/a.jpg");
  EXPECT_EQ(film.age_rating, 12);
  EXPECT_THAT(film.genres, ElementsAre("фантастика", "драма"));
  EXPECT_THAT(film.countries, ElementsAre("СССР"));
  EXPECT_TRUE(film.is_active);
}

TEST(RutubeVideo, is_read_with_the_quirks_of_other_years) {
  EXPECT_THAT(refusals_of(R"j({"action_reason":0,"is_adult":true,"pg_rating":null,"category":null})j"),
              IsEmpty());
  const auto found =
      made_of("rutube-films", video(R"j({"publication_ts":null,"pg_rating":null,"is_adult":true})j"));
  ASSERT_EQ(found.films.size(), 1U);
  EXPECT_EQ(found.films[0].added_at, Timestamp{std::chrono::seconds{1'712'734'645}});
  EXPECT_EQ(found.films[0].age_rating, 18);
}

TEST(RutubeVideo, is_no_film_for_many_reasons) {
  EXPECT_THAT(refusals_of(R"j({"title":"Солярис (1972) Трейлер","duration":98})j"),
              ElementsAre("trailer", "too_short"));
  EXPECT_THAT(refusals_of(R"j({"title":"Маяк, 1 сезон, 2 серия"})j"), ElementsAre("episode"));
  EXPECT_THAT(refusals_of(R"j({"is_serial":true})j"), ElementsAre("episode"));
  EXPECT_THAT(refusals_of(R"j({"season":0,"episode":176})j"), ElementsAre("episode"));
  EXPECT_THAT(refusals_of(R"j({"type":{"id":2,"name":"episode"}})j"), ElementsAre("episode"));
  EXPECT_THAT(refusals_of(R"j({"title":"Маяк (сериал, 2020)"})j"), ElementsAre("series"));
  EXPECT_THAT(refusals_of(R"j({"duration":0})j"), ElementsAre("no_duration"));
  EXPECT_THAT(refusals_of(R"j({"duration":99999})j"), ElementsAre("too_long"));
  EXPECT_THAT(refusals_of(R"j({"category":{"id":16,"name":"Спорт"}})j"), ElementsAre("other_category"));
  EXPECT_THAT(refusals_of(R"j({"is_livestream":true})j"), ElementsAre("livestream"));
  EXPECT_THAT(refusals_of(R"j({"id":"17"})j"), ElementsAre("no_id"));
  EXPECT_THAT(refusals_of(R"j({"title":"Обзор фильма Солярис"})j"), ElementsAre("not_the_film"));
}

TEST(RutubeVideo, that_rutube_calls_a_film_may_be_short_and_anywhere) {
  EXPECT_THAT(
      refusals_of(
          R"j({"duration":1200,"category":{"id":41,"name":"Аниме"},"type":{"id":1,"name":"movie"}})j"),
      IsEmpty());
}

TEST(RutubeVideo, that_is_gone_is_inactive) {
  for (const char* flag :
       {R"j({"is_deleted":true})j", R"j({"is_hidden":true})j", R"j({"is_locked":true})j"}) {
    const auto found = made_of("rutube-films", video(flag));
    ASSERT_EQ(found.films.size(), 1U) << flag;
    EXPECT_FALSE(found.films[0].is_active) << flag;
  }
}

TEST(RutubeVideo, is_found_by_its_address_too) {
  const auto found = made_of(
      "rutube-films",
      video(R"j({"id":null,"video_url":"https://rutube.ru/video/0123456789ABCDEF0123456789abcdef/?x=1"})j"));
  ASSERT_EQ(found.films.size(), 1U);
  EXPECT_EQ(found.films[0].source_id, kId);
  EXPECT_EQ(found.films[0].source_url, "https://rutube.ru/video/" + kId + "/");
}

TEST(RutubeCard, completes_its_video) {
  const json::value details = video(R"j({"type":null})j");
  const auto bare = card("movie", "https://rutube.ru/video/" + kId + "/");
  const json::object wrapped{{"id", 1}, {"content_type", json::object{}}, {"object_id", 2}, {"object", bare}};
  for (const json::value& row : {json::value(bare), json::value(wrapped)}) {
    const auto found = made_of("rutube-film-lists", row, &details);
    EXPECT_THAT(found.reasons(), IsEmpty());
    ASSERT_EQ(found.films.size(), 1U);
    const auto& film = found.films[0];
    EXPECT_EQ(film.title, "Трон теней");
    EXPECT_EQ(film.original_title, "Throne of Shadows");
    EXPECT_EQ(film.year, 2016);
    EXPECT_EQ(film.views, 166'723'925);
    EXPECT_EQ(film.duration_seconds, 10'020);
    EXPECT_THAT(film.countries, ElementsAre("Китай"));
    EXPECT_THAT(film.genres, ElementsAre("фэнтези"));
    EXPECT_EQ(film.age_rating, 12);
    EXPECT_EQ(film.image_url, "https://pic.example.org/p.jpg");
  }
}

TEST(RutubeCard, of_anything_else_is_no_film) {
  const auto refusal = [](const json::value& row) {
    const auto codes = made_of("rutube-film-lists", row).reasons();
    return codes.empty() ? std::string() : codes.front();
  };
  EXPECT_EQ(refusal(card("series", "https://rutube.ru/metainfo/tv/10475/")), "series");
  EXPECT_EQ(refusal(card("movie", "https://rutube.ru/metainfo/tv/10475/")), "no_id");
  EXPECT_EQ(refusal(json::object{{"name", "x"}, {"type", nullptr}}), "not_a_film_card");
}

TEST(RutubeCard, without_its_video_does_not_come_in) {
  const auto row = card("movie", "https://rutube.ru/video/" + kId + "/");
  EXPECT_THAT(made_of("rutube-film-lists", row).reasons(), ElementsAre("no_details"));
  const json::value hidden = json::parse(R"j({"detail":{"languages":[{"title":"Автор скрыл это видео"}]}})j");
  const auto codes = made_of("rutube-film-lists", row, &hidden).reasons();
  ASSERT_EQ(codes.size(), 1U);
  EXPECT_TRUE(codes[0] == "video_missing" || codes[0] == "no_details") << codes[0];
}

}  // namespace
}  // namespace filmoteka::scraper
