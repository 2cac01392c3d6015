#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/rutube/description.hpp>
#include <scraper/core/rutube/video.hpp>

namespace filmoteka::scraper::rutube {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
namespace json = boost::json;

const RutubeSource kSource;
constexpr const char* kId = "0123456789abcdef0123456789abcdef";

/// A long video of category 4 in the shape of 2024, with `changes` on top.
json::object video(std::string_view changes = "{}") {
  json::object object = json::parse(R"j({
    "id":"0123456789abcdef0123456789abcdef","title":"Солярис / Solaris (1972)\t","hits":166723925,"duration":10020,
    "thumbnail_url":"https://pic.example.org/a.jpg","picture_url":"","publication_ts":"2024-04-13T16:08:34",
    "created_ts":"2024-04-10T10:37:25","category":{"id":4,"name":"Фильмы"},"pg_rating":{"age":12},
    "description":"Станция &laquo;Солярис&raquo;.\r\nСтрана: СССР  Жанр: фантастика, драма  Режиссер: А. Т.",
    "action_reason":{"id":0,"name":""},"product_id":22,"is_paid":false,"is_deleted":false,"genres":"https://rutube.ru/x"})j")
                            .as_object();
  const json::value parsed = json::parse(changes);
  for (const auto& [key, value] : parsed.as_object()) object[key] = value;
  return object;
}

std::vector<std::string> refusals_of(std::string_view changes, RowOptions options = {}) {
  std::vector<std::string> codes;
  for (const Reason& reason : decide_video(video(changes), kSource, options).reasons)
    codes.push_back(reason.code);
  return codes;
}

TEST(RutubeVideo, becomes_a_film) {
  const Decision decision = decide_video(video(), kSource, {});
  EXPECT_THAT(decision.reasons, IsEmpty());
  EXPECT_EQ(decision.id, kId);
  const RawFilm& film = decision.film;
  EXPECT_EQ(film.at("title"), "Солярис");
  EXPECT_EQ(film.at("original_title"), "Solaris");
  EXPECT_EQ(film.at("year"), 1972);
  EXPECT_EQ(film.at("views"), 166'723'925);
  EXPECT_EQ(film.at("duration"), 10'020);
  EXPECT_EQ(film.at("added_at"), "2024-04-13T16:08:34");
  EXPECT_EQ(film.at("source_id"), kId);
  EXPECT_EQ(film.at("source_url"), "https://rutube.ru/video/0123456789abcdef0123456789abcdef/");
  EXPECT_EQ(film.at("thumbnail_url"), "https://pic.example.org/a.jpg");
  EXPECT_EQ(film.at("image_url"), "https://pic.example.org/a.jpg");
  EXPECT_EQ(film.at("age_rating"), 12);
  EXPECT_EQ(film.at("genres"), (json::array{"фантастика", "драма"}));
  EXPECT_EQ(film.at("countries"), (json::array{"СССР"}));
  EXPECT_FALSE(film.contains("is_active"));
}

TEST(RutubeVideo, is_read_with_the_quirks_of_other_years) {
  EXPECT_THAT(refusals_of(R"j({"action_reason":0,"is_adult":true,"pg_rating":null,"category":null})j"),
              IsEmpty());
  const Decision decision =
      decide_video(video(R"j({"publication_ts":null,"pg_rating":null,"is_adult":true})j"), kSource, {});
  EXPECT_EQ(decision.film.at("added_at"), "2024-04-10T10:37:25");
  EXPECT_EQ(decision.film.at("age_rating"), 18);
  const RowOptions milliseconds{
      .latest_year = 2030, .unit = DurationUnit::kMilliseconds, .is_known_film = false};
  EXPECT_EQ(decide_video(video(R"j({"duration":10020499})j"), kSource, milliseconds).film.at("duration"),
            10'020);
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
  const std::string_view odd = R"j({"duration":1200,"category":{"id":41,"name":"Аниме"}})j";
  EXPECT_THAT(refusals_of(odd, {.latest_year = 2030, .unit = DurationUnit::kSeconds, .is_known_film = true}),
              IsEmpty());
  EXPECT_THAT(refusals_of(R"j({"duration":1200,"type":{"id":1,"name":"movie"}})j"), IsEmpty());
}

TEST(RutubeVideo, that_is_gone_is_inactive) {
  for (const char* flag :
       {R"j({"is_deleted":true})j", R"j({"is_hidden":true})j", R"j({"is_locked":true})j"}) {
    const Decision decision = decide_video(video(flag), kSource, {});
    EXPECT_THAT(decision.reasons, IsEmpty()) << flag;
    EXPECT_EQ(decision.film.at("is_active"), false) << flag;
  }
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

TEST(RutubeCard, of_a_film_leads_to_its_video) {
  const Decision decision =
      decide_card(card("movie", "https://rutube.ru/video/" + std::string(kId) + "/"), {});
  EXPECT_THAT(decision.reasons, IsEmpty());
  EXPECT_EQ(decision.id, kId);
  EXPECT_EQ(decision.film.at("title"), "Трон теней");
  EXPECT_EQ(decision.film.at("original_title"), "Throne of Shadows");
  EXPECT_EQ(decision.film.at("year"), "2016");
  EXPECT_EQ(decision.film.at("image_url"), "https://pic.example.org/p.jpg");
  EXPECT_EQ(decision.film.at("age_rating"), "6+");
}

TEST(RutubeCard, of_anything_else_is_no_film) {
  EXPECT_EQ(decide_card(card("series", "https://rutube.ru/metainfo/tv/10475/"), {}).reasons.front().code,
            "series");
  EXPECT_EQ(decide_card(card("movie", "https://rutube.ru/metainfo/tv/10475/"), {}).reasons.front().code,
            "no_id");
  EXPECT_EQ(decide_card(json::object{{"name", "x"}, {"type", nullptr}}, {}).reasons.front().code,
            "not_a_film_card");
}

TEST(RutubeCard, completes_its_video) {
  const Decision of_card =
      decide_card(card("movie", "https://rutube.ru/video/" + std::string(kId) + "/"), {});
  const RawFilm film = merge(decide_video(video(), kSource, {}).film, of_card.film);
  EXPECT_EQ(film.at("title"), "Трон теней");
  EXPECT_EQ(film.at("views"), 166'723'925);
  EXPECT_EQ(film.at("duration"), 10'020);
  EXPECT_EQ(film.at("countries"), (json::array{"Китай"}));
  EXPECT_EQ(film.at("age_rating"), 12);
}

TEST(RutubeIds, are_found_in_every_kind_of_address) {
  EXPECT_EQ(video_id_in("https://rutube.ru/video/0123456789ABCDEF0123456789abcdef/?x=1"), kId);
  EXPECT_EQ(video_id_in(kId), kId);
  EXPECT_EQ(video_id_in("https://rutube.ru/video/17/"), "");
  EXPECT_EQ(video_id_in(""), "");
}

TEST(RutubeDescription, gives_genres_countries_and_year) {
  const auto facts = read_description(
      "О фильме.<br>Страна: США, Канада Год выпуска: 1999 Жанры: Драма / ужасы. Дальше текст. В ролях: А, Б");
  EXPECT_THAT(facts.countries, ElementsAre("США", "Канада"));
  EXPECT_THAT(facts.genres, ElementsAre("Драма", "ужасы"));
  EXPECT_EQ(facts.year, 1999);
}

TEST(RutubeDescription, ignores_what_is_no_list_of_names) {
  const auto facts =
      read_description("Жанр: тот самый, который мы так долго и безуспешно искали по всем углам и закоулкам");
  EXPECT_THAT(facts.genres, IsEmpty());
}

}  // namespace
}  // namespace filmoteka::scraper::rutube
