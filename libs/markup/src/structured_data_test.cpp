#include <filmoteka/markup/embedded_json.hpp>
#include <filmoteka/markup/structured_data.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <string>

namespace filmoteka::markup {
namespace {

namespace json = boost::json;

json::object film(const std::string& page) {
  return film_of(structured_data(*Document::parse_html(page)));
}

std::string text(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr) return {};
  return value->is_string() ? std::string(value->as_string()) : json::serialize(*value);
}

TEST(StructuredData, ReadsAMovieOfJsonLd) {
  const auto found = film(R"(<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
    {"@type":"WebSite","name":"Сайт"},
    {"@type":["Movie","CreativeWork"],"name":"Ёлки 5","alternateName":["Elki 5"],"datePublished":"2016-12-22",
     "image":{"@type":"ImageObject","url":"https://k.example/1.jpg"},"genre":["комедия","семейный"],
     "actor":[{"@type":"Person","name":"Иван Ургант"},{"@type":"Person","name":"Сергей Светлаков"}],
     "director":{"name":"Тимур Бекмамбетов"},"duration":"PT1H24M","contentRating":"6+",
     "countryOfOrigin":{"@type":"Country","name":"Россия"},"url":"https://k.example/film/1",
     "aggregateRating":{"ratingValue":4.5,"bestRating":"5","ratingCount":10},
     "interactionStatistic":{"@type":"InteractionCounter","userInteractionCount":1234}}]}</script>)");
  EXPECT_EQ(text(found, "type"), "Movie");
  EXPECT_EQ(text(found, "title"), "Ёлки 5");
  EXPECT_EQ(text(found, "alternate_names"), R"(["Elki 5"])");
  EXPECT_EQ(text(found, "published"), "2016-12-22");
  EXPECT_EQ(text(found, "image"), "https://k.example/1.jpg");
  EXPECT_EQ(text(found, "genres"), R"(["комедия","семейный"])");
  EXPECT_EQ(text(found, "actors"), R"(["Иван Ургант","Сергей Светлаков"])");
  EXPECT_EQ(text(found, "directors"), R"(["Тимур Бекмамбетов"])");
  EXPECT_EQ(text(found, "countries"), R"(["Россия"])");
  EXPECT_EQ(text(found, "rating"), "4.5");
  EXPECT_EQ(text(found, "best_rating"), "5");
  EXPECT_EQ(text(found, "views"), "1234");
  EXPECT_EQ(text(found, "duration"), "PT1H24M");
}

TEST(StructuredData, ForgivesUsualMistakes) {
  for (const auto* script : {"<!-- {\"@type\":\"Movie\",\"name\":\"A\"} -->",
                             "//<![CDATA[\n{\"@type\":\"Movie\",\"name\":\"A\",}\n//]]>",
                             "{\"@type\":\"Movie\",\"name\":\"A\",\"description\":\"two\nlines\"};",
                             "[{\"@type\":\"http://schema.org/Movie\",\"name\":\"A\"}]"})
    EXPECT_EQ(text(film(std::string("<script type='application/ld+json'>") + script + "</script>"), "title"),
              "A")
        << script;
  EXPECT_TRUE(film("<script type='application/ld+json'>{broken</script>").empty());
  EXPECT_TRUE(film("<script type='application/ld+json'>" + std::string(100'000, '[') + "</script>").empty());
}

TEST(StructuredData, ReadsMicrodataAndOpenGraph) {
  const auto micro =
      film(R"(<div itemscope itemtype="https://schema.org/Movie"><h1 itemprop="name">Сталкер</h1>
    <meta itemprop="datePublished" content="1979"><img itemprop="image" src="https://k.example/s.jpg">
    <p itemprop="actor" itemscope itemtype="https://schema.org/Person"><b itemprop="name">А. Кайдановский</b></p>
    <span itemprop="genre">драма</span><span itemprop="genre">фантастика</span></div>)");
  EXPECT_EQ(text(micro, "title"), "Сталкер");
  EXPECT_EQ(text(micro, "published"), "1979");
  EXPECT_EQ(text(micro, "image"), "https://k.example/s.jpg");
  EXPECT_EQ(text(micro, "actors"), R"(["А. Кайдановский"])");
  EXPECT_EQ(text(micro, "genres"), R"(["драма","фантастика"])");
  const auto graph =
      film(R"(<meta property="og:type" content="video.movie"><meta property="og:title" content="OG">
    <meta property="video:duration" content="5400"><meta property="video:tag" content="a">
    <meta property="video:tag" content="b"><link rel="canonical" href="https://k.example/c">)");
  EXPECT_EQ(text(graph, "title"), "OG");
  EXPECT_EQ(text(graph, "duration"), "5400");
  EXPECT_EQ(text(graph, "genres"), R"(["a","b"])");
  EXPECT_EQ(text(graph, "url"), "https://k.example/c");
  EXPECT_TRUE(film("<meta property='og:title' content='An article'>").empty()) << "no film";
}

TEST(EmbeddedJson, FindsWhatAPageTellsItsScripts) {
  const auto page =
      Document::parse_html(R"(<script id="__NEXT_DATA__" type="application/json">{"a":1}</script>
    <script>var other = {}; window.reduxState = {"url":"x\x3dy","t":"}\"{", "list":[1,2]}; more();</script>)");
  EXPECT_EQ(json::serialize(*embedded_json(*page, "__NEXT_DATA__")), R"({"a":1})");
  EXPECT_EQ(json::serialize(*embedded_json(*page, "reduxState")), R"({"url":"x=y","t":"}\"{","list":[1,2]})");
  EXPECT_EQ(embedded_json(*page, "State"), std::nullopt);
  EXPECT_EQ(embedded_json(*page, "nothing"), std::nullopt);
}

}  // namespace
}  // namespace filmoteka::markup
