#include <boost/json.hpp>
#include <gateway/core/page/json_ld.hpp>
#include <gateway/core/page/page_head.hpp>
#include <gateway/core/page/page_parts.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

namespace json = boost::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kSite = "https://films.example";
const PageAddress kFilm{PageKind::kFilm, 42};

json::object brat() {
  return {{"id", 42},
          {"title", "Брат"},
          {"original_title", "Brat"},
          {"year", 1997},
          {"image_url", "https://img.example/b.jpg"},
          {"thumbnail_url", "https://img.example/t.jpg"},
          {"source_url", "https://rutube.ru/video/1/"},
          {"duration_seconds", 6005},
          {"genres", {"драма", "криминал"}},
          {"age_rating", 16},
          {"rating", 8.3},
          {"description", "Данила возвращается\nиз армии."},
          {"countries", json::array{"Россия"}},
          {"cast", json::array{"Сергей Бодров"}},
          {"aliases", {"Brother", "Brat"}},
          {"ids", {{"imdb", "tt0118767"}, {"wikidata", "Q1133610"}, {"other", "1"}}},
          {"sources",
           {{{"source_url", "https://rutube.ru/video/1/"}}, {{"source_url", "http://plain.example/"}}}},
          {"similar", {{{"id", 7}, {"title", "Брат 2"}, {"year", 2000}}, {{"id", 8}, {"title", "Сёстры"}}}}};
}

PageParts page_of(const json::object& film, std::string_view site = kSite) {
  const auto page = film_page(kFilm, json::serialize(film), site);
  EXPECT_TRUE(page);
  return page.value_or(PageParts{});
}

/// What stands in the element that begins so, up to the first end of a script.
std::string script(std::string_view html, std::string_view begin) {
  const std::size_t at = html.find(begin);
  EXPECT_NE(at, std::string_view::npos) << html;
  if (at == std::string_view::npos) return "null";
  html.remove_prefix(at + begin.size());
  return std::string(html.substr(0, html.find("</script")));
}
json::object ld_of(const PageParts& page) {
  return json::parse(script(page.head, "<script type=\"application/ld+json\">")).as_object();
}
json::object data_of(const PageParts& page) {
  return json::parse(script(page.data, "<script type=\"application/json\" id=\"page-data\">")).as_object();
}

TEST(PageOfFilm, SaysWhatTheFilmIs) {
  const PageParts page = page_of(brat());
  for (const char* line : {"<title>Брат (1997) — Фильмотека</title>\n",
                           "<meta name=\"description\" content=\"Данила возвращается из армии.\">\n",
                           "<link rel=\"canonical\" href=\"https://films.example/films/42\">\n",
                           "<meta property=\"og:type\" content=\"video.movie\">\n",
                           "<meta property=\"og:title\" content=\"Брат (1997) — Фильмотека\">\n",
                           "<meta property=\"og:url\" content=\"https://films.example/films/42\">\n",
                           "<meta property=\"og:image\" content=\"https://img.example/b.jpg\">\n",
                           "<meta property=\"og:site_name\" content=\"Фильмотека\">\n",
                           "<meta name=\"twitter:card\" content=\"summary_large_image\">\n",
                           "<link rel=\"preload\" as=\"image\" fetchpriority=\"high\" "
                           "referrerpolicy=\"no-referrer\" href=\"https://img.example/b.jpg\">\n"}) {
    EXPECT_THAT(page.head, HasSubstr(line));
  }
  EXPECT_THAT(page.head, Not(HasSubstr("robots")));
}

TEST(PageOfFilm, CanBeReadWithoutScripts) {
  EXPECT_THAT(page_of(brat()).content,
              AllOf(HasSubstr("<h1>Брат</h1>\n<noscript>\n"),
                    HasSubstr("<p>1997, драма, криминал, Россия, 1 ч 40 мин, 16+</p>"),
                    HasSubstr("<p>Данила возвращается\nиз армии.</p>"), HasSubstr("Сергей Бодров"),
                    HasSubstr("<li><a href=\"/films/7\">Брат 2 (2000)</a></li>\n"
                              "<li><a href=\"/films/8\">Сёстры</a></li>")));
}

TEST(PageOfFilm, CarriesTheAnswerThatTheAppAsksFor) {
  const json::object data = data_of(page_of(brat()));
  EXPECT_EQ(data.at("target").as_string(), "/movies/42?include=similar");
  EXPECT_EQ(data.at("data"), json::value(brat()));
}

TEST(PageOfFilm, IsAMovieOfSchemaOrg) {
  const json::object movie = ld_of(page_of(brat()));
  EXPECT_EQ(
      json::serialize(movie),
      json::serialize(json::object{
          {"@context", "https://schema.org"},
          {"@type", "Movie"},
          {"name", "Брат"},
          {"url", "https://films.example/films/42"},
          {"alternateName", {"Brat", "Brother"}},
          {"image", "https://img.example/b.jpg"},
          {"description", "Данила возвращается\nиз армии."},
          {"datePublished", "1997"},
          {"genre", {"драма", "криминал"}},
          {"duration", "PT1H40M5S"},
          {"countryOfOrigin", json::array{json::object{{"@type", "Country"}, {"name", "Россия"}}}},
          {"actor", json::array{json::object{{"@type", "Person"}, {"name", "Сергей Бодров"}}}},
          {"contentRating", "16+"},
          {"sameAs", {"https://www.imdb.com/title/tt0118767/", "https://www.wikidata.org/wiki/Q1133610"}},
          {"potentialAction",
           json::array{json::object{{"@type", "WatchAction"}, {"target", "https://rutube.ru/video/1/"}}}}}));
}

TEST(PageOfFilm, OfAFilmOfWhichNothingIsKnownSaysNothing) {
  const PageParts page = page_of({{"id", 42},
                                  {"title", "X"},
                                  {"year", nullptr},
                                  {"description", nullptr},
                                  {"image_url", nullptr},
                                  {"duration_seconds", nullptr},
                                  {"ids", json::object{}}});
  EXPECT_THAT(page.head, AllOf(HasSubstr("<title>X — Фильмотека</title>"),
                               HasSubstr("og:image\" content=\"https://films.example/icons/share.png\""),
                               HasSubstr("name=\"description\" content=\"X\""), Not(HasSubstr("preload"))));
  EXPECT_EQ(ld_of(page).size(), 4U);
}

TEST(PageOfFilm, TakesFactsForADescriptionThatIsNotThere) {
  json::object film = brat();
  film["description"] = nullptr;
  EXPECT_THAT(page_of(film).head,
              HasSubstr("name=\"description\" content=\"1997, драма, криминал, Россия, 1 ч 40 мин, 16+\""));
}

TEST(PageOfFilm, ShowsTheThumbnailWhereThereIsNoImageAndNoOtherAddressThanOfTheWeb) {
  json::object film = brat();
  film["image_url"] = nullptr;
  EXPECT_THAT(page_of(film).head, HasSubstr("href=\"https://img.example/t.jpg\""));
  film["image_url"] = "javascript:alert(1)";
  film["source_url"] = "javascript:alert(2)";
  film["ids"] = {{"imdb", "tt1/../evil"}, {"wikidata", "Q"}};
  const PageParts page = page_of(film);
  EXPECT_THAT(page.head, Not(HasSubstr("javascript:")));
  EXPECT_FALSE(ld_of(page).contains("sameAs"));
}

TEST(PageOfFilm, WithoutASiteSaysOfNoAddressThatItIsTheOne) {
  const PageParts page = page_of(brat(), "");
  EXPECT_THAT(page.head, AllOf(Not(HasSubstr("canonical")), Not(HasSubstr("og:url"))));
  EXPECT_EQ(ld_of(page).at("url").as_string(), "/films/42");
}

TEST(PageOfFilm, NoTextOfAFilmLeavesItsPlace) {
  const std::string evil =
      "</script></title><script>alert(1)</script><!--<script>\"' onerror=x &amp; "
      "<!--page-data-->\xE2\x80\xA8";
  json::object film = brat();
  for (const char* name : {"title", "original_title", "description"}) film[name] = evil;
  film["image_url"] = "https://img.example/\"><script>alert(1)</script>";
  for (const char* name : {"genres", "countries", "cast", "aliases"}) film[name] = json::array{evil};
  film["similar"] = json::array{json::object{{"id", 7}, {"title", evil}}};
  const PageParts page = page_of(film);
  for (const std::string& html : {page.head, page.content, page.data}) {
    EXPECT_THAT(html,
                AllOf(Not(HasSubstr("<script>")), Not(HasSubstr("<!--")), Not(HasSubstr("alert(1)</"))));
  }
  // As many ends as there are beginnings, all of them ours.
  EXPECT_EQ(ld_of(page).at("name").as_string(), evil);
  EXPECT_EQ(data_of(page).at("data"), json::value(film));
  EXPECT_THAT(page.head, HasSubstr("content=\"https://films.example/films/42\""));
}

TEST(PageOfFilm, IsNoneOfWhatIsNoSuchFilm) {
  for (const char* text :
       {"", "{}", "[]", "null", R"({"id":42})", R"({"id":41,"title":"X"})", R"({"id":42,"title":"X")",
        R"({"id":"42","title":"X"})", "{\"id\":42,\"title\":\"\xFF\"}", R"({"id":42,"title":"\ud800"})"}) {
    EXPECT_FALSE(film_page(kFilm, text, kSite)) << text;
  }
}

TEST(HomePage, LeadsToTheFilmsOfItsShelves) {
  const std::string home =
      R"({"sections":[{"id":"new","items":[{"id":1,"title":"<A>","year":2000}]},)"
      R"({"id":"genre","genre":"драма","items":[{"id":2,"title":"Б"}]},{"id":"popular","items":[]}],"degraded":[]})";
  const auto page = home_page(home, kSite);
  ASSERT_TRUE(page);
  EXPECT_THAT(page->head, AllOf(HasSubstr("<link rel=\"canonical\" href=\"https://films.example/\">"),
                                HasSubstr("<meta property=\"og:type\" content=\"website\">")));
  EXPECT_THAT(page->content,
              AllOf(HasSubstr("<h2>Новое</h2>\n<ul>\n<li><a href=\"/films/1\">&lt;A&gt; (2000)</a></li>"),
                    HasSubstr("<h2>драма</h2>"), Not(HasSubstr("Популярное"))));
  EXPECT_EQ(data_of(*page).at("target").as_string(), "/home");
  EXPECT_EQ(data_of(*page).at("data"), json::parse(home));
  const json::object site = ld_of(*page);
  EXPECT_EQ(site.at("@type").as_string(), "WebSite");
  EXPECT_EQ(site.at("potentialAction").at("target").at("urlTemplate").as_string(),
            "https://films.example/films?q={search_term_string}");
  for (const char* text : {"", "{}", R"({"sections":7})"}) EXPECT_FALSE(home_page(text, kSite)) << text;
}

TEST(CataloguePage, IsNamedByWhatItShows) {
  PageAddress address{PageKind::kCatalogue};
  EXPECT_THAT(catalogue_page(address, "", kSite)->head,
              AllOf(HasSubstr("<title>Каталог фильмов — Фильмотека</title>"),
                    HasSubstr("href=\"https://films.example/films\""), Not(HasSubstr("robots"))));
  address.genres = {"драма", "<b>"};
  address.page = 2;
  EXPECT_THAT(
      catalogue_page(address, "", kSite)->head,
      AllOf(HasSubstr("<title>Каталог фильмов: драма, &lt;b&gt;, страница 2 — Фильмотека</title>"),
            HasSubstr("href=\"https://films.example/films?genre=%D0%B4%D1%80%D0%B0%D0%BC%D0%B0&amp;genre="
                      "%3Cb%3E&amp;page=2\"")));
  const auto page = catalogue_page(address, "", kSite);
  EXPECT_EQ(page->content + page->data, "");
}

TEST(CataloguePage, LeadsToItsFilmsAndToTheNextOnes) {
  PageAddress address{PageKind::kCatalogue};
  address.genres = {"драма & <b>"};
  json::array films;
  for (int id = 1; id <= 24; ++id) films.push_back({{"id", id}, {"title", "<" + std::to_string(id)}});
  const json::object list{{"items", films}};
  const auto page = catalogue_page(address, json::serialize(list), kSite);
  ASSERT_TRUE(page);
  EXPECT_THAT(page->content,
              AllOf(HasSubstr("<li><a href=\"/films/24\">&lt;24</a></li>"),
                    HasSubstr("<a rel=\"next\" href=\"/films?genre="), HasSubstr("&amp;page=2\"")));
  EXPECT_EQ(data_of(*page).at("data"), json::value(list));
  const auto last = catalogue_page(address, R"({"items":[{"id":1,"title":"A"}]})", kSite);
  EXPECT_THAT(last->content, AllOf(HasSubstr("/films/1"), Not(HasSubstr("next"))));
  EXPECT_FALSE(catalogue_page(address, "[]", kSite));
}

TEST(CataloguePage, OfASearchIsForNoIndex) {
  PageAddress address{PageKind::kCatalogue};
  address.q = "\"><script>";
  EXPECT_THAT(
      catalogue_page(address, "", kSite)->head,
      AllOf(HasSubstr("<meta name=\"robots\" content=\"noindex, follow\">"), Not(HasSubstr("canonical")),
            HasSubstr("<title>Поиск: &quot;&gt;&lt;script&gt; — Фильмотека</title>")));
}

TEST(MissingPage, IsForNoIndex) {
  EXPECT_THAT(missing_page(kSite).head, AllOf(HasSubstr("<meta name=\"robots\" content=\"noindex\">"),
                                              Not(HasSubstr("canonical")), Not(HasSubstr("og:url"))));
}

TEST(IsoDuration, LeavesOutWhatIsNothing) {
  EXPECT_EQ(iso_duration(6'005), "PT1H40M5S");
  EXPECT_EQ(iso_duration(3'600), "PT1H");
  EXPECT_EQ(iso_duration(59), "PT59S");
}

}  // namespace
}  // namespace filmoteka::gateway
