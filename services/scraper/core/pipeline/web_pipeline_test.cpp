#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/pipeline/web_fixtures.hpp>

namespace filmoteka::scraper {
namespace {

using fixtures::answer_of;
using fixtures::Collected;
using fixtures::definition;
using fixtures::kNow;
using fixtures::take;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr std::string_view kHead = "name: test\ntitle: T\nbase_url: https://kino.test\n";

std::string json_yaml(const std::string& more = "request: /api\nitems: rows\n") {
  return std::string(kHead) + "kind: json\nfields: {title: t, source_id: i, year: y}\n" + more;
}

std::string html_yaml(const std::string& more = {}) {
  return std::string(kHead) +
         "kind: html\nrequest: /films\nitems: .film\n"
         "fields: {title: h2, source_id: {css: a, attribute: href}, added_at: {css: time, filters: "
         "[timeago]}}\n" +
         more;
}

class Walk : public ::testing::Test {
 public:
  WebPipeline& over(const std::string& yaml) {
    definition_ = definition(yaml);
    pipeline_.emplace(definition_, kNow, found_);
    return *pipeline_;
  }
  SourceDefinition definition_;
  Collected found_;
  std::optional<WebPipeline> pipeline_;
};

using Json = Walk;
using Html = Walk;
using OtherKinds = Walk;
using DetailsOf = Walk;

TEST_F(Json, gives_films_and_rejects_with_reasons) {
  auto& pipeline = over(json_yaml());
  const auto page = take(pipeline, answer_of(R"({"rows":[{"t":"А","i":1,"y":1972},{"t":"","i":2},7]})"));
  EXPECT_EQ(page.answer, AnswerClass::kOk);
  EXPECT_THAT(found_.titles(), ElementsAre("А"));
  EXPECT_EQ(found_.films[0].year, 1972);
  EXPECT_THAT(pipeline.counts().rejected_by_reason,
              ElementsAre(Pair("invalid_title", 1U), Pair("unreadable", 1U)));
  EXPECT_EQ(found_.rejects[0].position, "https://kino.test/page");
}

TEST_F(Json, fills_requests_with_the_values_of_the_walk) {
  auto& pipeline = over(json_yaml(R"(
request:
  url: /lists/{list}
  lists: [new films]
  query: {limit: 50, cursor: "{cursor}"}
paging: {cursor: after}
items: rows
)"));
  const auto first = pipeline.request({{"list", "new films"}});
  ASSERT_TRUE(first.has_value()) << describe(first.error());
  EXPECT_EQ(first->url, "https://kino.test/lists/new%20films?limit=50");
  const auto next = pipeline.request({{"list", "new films"}, {"cursor", "a b&c"}});
  EXPECT_EQ(next->url, "https://kino.test/lists/new%20films?limit=50&cursor=a%20b%26c");
}

TEST_F(Json, follows_links_only_where_the_source_may_be_asked) {
  auto& pipeline = over(json_yaml("request: /api\nitems: rows\npaging: {next: next}\n"));
  const auto next_of = [&](const std::string& link) {
    return take(pipeline, answer_of(R"({"next":")" + link + R"(","rows":[]})"));
  };
  EXPECT_EQ(next_of("?page=2").next, "https://kino.test/page?page=2");
  EXPECT_EQ(next_of("/фильмы/2").next, "https://kino.test/%D1%84%D0%B8%D0%BB%D1%8C%D0%BC%D1%8B/2");
  for (const char* elsewhere : {"http://127.0.0.1/x", "https://evil.test/", "file:///etc/passwd",
                                "//evil.test/x", "https://kino.test:22/", "https://kino.test@evil.test/"}) {
    const auto page = next_of(elsewhere);
    EXPECT_EQ(page.next, "") << elsewhere;
    EXPECT_TRUE(page.next_refused) << elsewhere;
  }
}

TEST_F(Json, does_not_take_a_page_for_people_for_an_empty_list) {
  auto& pipeline = over(json_yaml());
  const auto blocked = take(pipeline, answer_of("<html>QRATOR</html>", "text/html"));
  EXPECT_EQ(blocked.answer, AnswerClass::kBlocked);
  EXPECT_THAT(blocked.what, HasSubstr("QRATOR"));
  const auto drifted = take(pipeline, answer_of(R"({"items":[]})"));
  EXPECT_EQ(drifted.answer, AnswerClass::kDrifted);
  EXPECT_THAT(drifted.what, HasSubstr("items: the answer has nothing at \"rows\""));
  EXPECT_EQ(take(pipeline, answer_of("{oops")).answer, AnswerClass::kDrifted);
  const auto empty = take(pipeline, answer_of(R"({"rows":[]})"));
  EXPECT_EQ(empty.answer, AnswerClass::kOk);
  EXPECT_TRUE(empty.content->is_explicitly_empty());
}

TEST_F(Json, judges_answers_by_status_and_content) {
  struct Row {
    int status;
    std::string_view type;
    std::string_view body;
    AnswerClass answer;
  };
  for (const auto& row :
       {Row{200, "application/json", "\xEF\xBB\xBF {}", AnswerClass::kOk},
        Row{200, "text/html; charset=utf-8", "[]", AnswerClass::kOk},
        Row{200, "application/json", "<!DOCTYPE html>", AnswerClass::kBlocked},
        Row{200, "text/html", "Checking your browser", AnswerClass::kBlocked},
        Row{200, "application/json", "", AnswerClass::kDrifted}, Row{404, "", "", AnswerClass::kMissing},
        Row{410, "", "", AnswerClass::kMissing}, Row{403, "", "", AnswerClass::kBlocked},
        Row{429, "", "", AnswerClass::kUnavailable}, Row{502, "", "", AnswerClass::kUnavailable},
        Row{302, "", "", AnswerClass::kDrifted}, Row{400, "", "{}", AnswerClass::kDrifted}})
    EXPECT_EQ(judge_answer(AnswerKind::kJson, {row.status, row.type, row.body, "u"}).answer, row.answer)
        << row.status << " " << row.body;
}

TEST_F(Json, knows_the_block_pages_that_the_definition_names) {
  auto& pipeline = over(json_yaml("request: /api\nitems: rows\nblocked: [{from: error, is: captcha}]\n"));
  EXPECT_EQ(take(pipeline, answer_of(R"({"error":"captcha","rows":[]})")).answer, AnswerClass::kBlocked);
  EXPECT_EQ(take(pipeline, answer_of(R"({"rows":[]})")).answer, AnswerClass::kOk);
}

TEST_F(Json, skips_by_rules_over_the_item_and_its_fields) {
  auto& pipeline = over(json_yaml(R"(
request: /api
items: rows
titles: upload
skip:
  - {reason: too_old, from: $field.year, below: 1950}
  - {reason: hidden, from: hidden, is: true}
)"));
  take(pipeline, answer_of(R"j({"rows":[
    {"t":"Цирк (1936)","i":1},{"t":"Солярис (1972)","i":2,"hidden":true},{"t":"Маяк (2006) Трейлер","i":3},
    {"t":"Сталкер / Stalker (1979)","i":4}]})j"));
  EXPECT_THAT(found_.reasons(), ElementsAre("too_old", "hidden", "trailer"));
  ASSERT_EQ(found_.films.size(), 1U);
  EXPECT_EQ(found_.films[0].title, "Сталкер");
  EXPECT_EQ(found_.films[0].original_title, "Stalker");
  EXPECT_EQ(found_.films[0].year, 1979);
}

TEST_F(Json, reads_facts_out_of_descriptions_where_it_is_told_to) {
  const std::string fields = "fields: {title: t, source_id: i, description: d}\n";
  const std::string yaml = std::string(kHead) + "kind: json\nrequest: /api\n" + fields;
  const auto answer = answer_of(
      R"([{"t":"А","i":1,"d":"О фильме.<br>Страна: США, Канада Год выпуска: 1999 Жанры: Драма / ужасы. Дальше. В ролях: Иван Иванов, Пётр Петров<br>Время: 1 ч 42 мин"}])");
  take(over(yaml + "facts_in_description: true\n"), answer);
  ASSERT_EQ(found_.films.size(), 1U);
  EXPECT_THAT(found_.films[0].countries, ElementsAre("США", "Канада"));
  EXPECT_EQ(found_.films[0].genres.size(), 2U);
  EXPECT_EQ(found_.films[0].year, 1999);
  EXPECT_THAT(found_.films[0].cast, ElementsAre("Иван Иванов", "Пётр Петров"));
  EXPECT_EQ(found_.films[0].duration_seconds, 6'120);
  found_ = {};
  take(over(yaml), answer);
  EXPECT_THAT(found_.films[0].countries, IsEmpty());
}

TEST_F(Json, leaves_out_of_descriptions_what_is_no_list_of_names) {
  RawFilm film;
  take(
      over(std::string(kHead) + "kind: json\nrequest: /api\nfacts_in_description: true\nfields: {title: t, "
                                "source_id: i, description: d}\n"),
      answer_of(
          R"([{"t":"А","i":1,"d":"Жанр: тот самый, который мы так долго и безуспешно искали по всем углам"}])"));
  ASSERT_EQ(found_.films.size(), 1U);
  EXPECT_THAT(found_.films[0].genres, IsEmpty());
}

TEST_F(Html, reads_a_page_in_windows_1251) {
  // Солярис, вчера
  const std::string body =
      "<html><head><meta charset=windows-1251></head><body><div "
      "class=film><h2>\xD1\xEE\xEB\xFF\xF0\xE8\xF1</h2>"
      "<a href=/film/1>x</a><time>\xE2\xF7\xE5\xF0\xE0</time></div></body></html>";
  take(over(html_yaml()), answer_of(body, "text/html"));
  ASSERT_EQ(found_.films.size(), 1U) << (found_.rejects.empty() ? "" : found_.rejects[0].reasons[0].detail);
  EXPECT_EQ(found_.films[0].title, "Солярис");
  EXPECT_EQ(found_.films[0].source_id, "/film/1");
  ASSERT_TRUE(found_.films[0].added_at.has_value());
  EXPECT_LT(*found_.films[0].added_at, kNow);
}

TEST_F(Html, finds_nothing_on_a_page_of_another_layout) {
  auto& pipeline = over(html_yaml());
  const auto page = take(pipeline, answer_of("<div class=card><h2>А</h2></div>", "text/html"));
  EXPECT_EQ(page.size(), 0U);
  EXPECT_FALSE(page.content->is_explicitly_empty());
  EXPECT_EQ(page.items, "items: .film");
}

TEST_F(Html, knows_the_usual_pages_that_turn_robots_away) {
  auto& pipeline = over(html_yaml());
  const auto challenge =
      take(pipeline,
           answer_of("<title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/x></script>",
                     "text/html"));
  EXPECT_EQ(challenge.answer, AnswerClass::kBlocked);
  const auto film =
      take(pipeline, answer_of("<div class=film><h2>Qrator</h2><a href=/1></a></div>", "text/html"));
  EXPECT_EQ(film.answer, AnswerClass::kOk) << "who has items is not suspected";
}

TEST_F(Html, shows_each_step_to_who_wants_to_see_it) {
  found_.steps_wanted = true;
  take(over(html_yaml()), answer_of("<div class=film><h2>А</h2><a href=/1></a></div>", "text/html"));
  ASSERT_EQ(found_.items.size(), 1U);
  EXPECT_THAT(std::string(found_.items[0].record.at("html").as_string()), HasSubstr("<h2>"));
  ASSERT_FALSE(found_.items[0].traces.empty());
  EXPECT_EQ(found_.items[0].traces[0].field, "title");
  EXPECT_EQ(found_.items[0].mapped.at("title"), "А");
}

TEST_F(OtherKinds, reads_feeds) {
  auto& pipeline =
      over(std::string(kHead) +
           "kind: feed\nrequest: /rss\nfields: {title: title, source_id: id, source_url: link}\n");
  take(pipeline,
       answer_of("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x</title><item><title>А</title>"
                 "<guid>1</guid><link>https://kino.test/1</link></item></channel></rss>",
                 "application/rss+xml"));
  EXPECT_THAT(found_.titles(), ElementsAre("А"));
  EXPECT_EQ(take(pipeline, answer_of("<html><body>QRATOR</body></html>", "text/html")).answer,
            AnswerClass::kBlocked);
  EXPECT_EQ(take(pipeline, answer_of("<rss", "text/xml")).answer, AnswerClass::kDrifted);
}

TEST_F(OtherKinds, reads_sitemaps_and_their_indexes) {
  auto& pipeline =
      over(std::string(kHead) +
           "kind: sitemap\nrequest: /sitemap.xml\nfields: {title: video.title, source_id: loc}\n");
  constexpr std::string_view kNames =
      " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
      "xmlns:video=\"http://www.google.com/schemas/sitemap-video/1.1\">";
  const auto index =
      take(pipeline, answer_of("<sitemapindex" + std::string(kNames) +
                                   "<sitemap><loc>https://kino.test/1.xml</loc></sitemap></sitemapindex>",
                               "text/xml"));
  EXPECT_TRUE(index.content->is_index());
  EXPECT_THAT(index.content->children(), ElementsAre("https://kino.test/1.xml"));
  take(pipeline,
       answer_of("<urlset" + std::string(kNames) +
                     "<url><loc>https://kino.test/film/1</loc><video:video><video:title>А</video:title>"
                     "</video:video></url></urlset>",
                 "text/xml"));
  EXPECT_THAT(found_.titles(), ElementsAre("А"));
}

TEST_F(OtherKinds, reads_what_a_page_says_of_its_film) {
  auto& pipeline =
      over(std::string(kHead) +
           "kind: jsonld\nrequest: /film\nfields: {title: title, source_id: $url, year: published}\n");
  take(pipeline, answer_of(R"(<script type="application/ld+json">{"@type":"Movie","name":"А",
      "datePublished":"1972-03-20"}</script>)",
                           "text/html"));
  ASSERT_EQ(found_.films.size(), 1U);
  EXPECT_EQ(found_.films[0].source_id, "https://kino.test/page");
  EXPECT_EQ(found_.films[0].year, 1972);
  EXPECT_EQ(take(pipeline, answer_of("<p>Ничего</p>", "text/html")).size(), 0U);
}

const std::string kWithDetails = R"(
request: /api
items: rows
details:
  request: "/film/{i}"
  list_fields: [year]
  fields: {title: name, year: year, description: text}
)";

TEST_F(DetailsOf, an_item_complete_it) {
  auto& pipeline = over(json_yaml(kWithDetails));
  const auto page = pipeline.read({}, answer_of(R"({"rows":[{"t":"А","i":1,"y":1972}]})"));
  const auto taken = pipeline.take(page, 0, 50);
  ASSERT_EQ(taken.pending.size(), 1U);
  EXPECT_EQ(taken.pending[0].request.url, "https://kino.test/film/1");
  EXPECT_THAT(found_.films, IsEmpty());
  const auto details = answer_of(R"({"name":"Б","year":2000,"text":"О чём"})");
  EXPECT_EQ(pipeline.complete(page, taken.pending[0], &details).answer, AnswerClass::kOk);
  ASSERT_EQ(found_.films.size(), 1U);
  EXPECT_EQ(found_.films[0].title, "Б");
  EXPECT_EQ(found_.films[0].year, 1972);
  EXPECT_EQ(found_.films[0].description, "О чём");
}

TEST_F(DetailsOf, an_item_may_be_missing) {
  auto& pipeline = over(json_yaml(kWithDetails));
  const auto page = pipeline.read({}, answer_of(R"({"rows":[{"t":"А","i":1},{"t":"Б","i":2},{"t":"В"}]})"));
  const auto taken = pipeline.take(page, 0, 50);
  ASSERT_EQ(taken.pending.size(), 2U) << "the third has no address";
  const WebAnswer gone{404, "application/json", "{}", "u"};
  pipeline.complete(page, taken.pending[0], &gone);
  pipeline.complete(page, taken.pending[1], nullptr, "no answer");
  EXPECT_THAT(found_.reasons(), ElementsAre("no_details", "details_missing", "no_details"));
  auto& lenient = over(json_yaml(kWithDetails + "  required: false\n"));
  const auto again = lenient.read({}, answer_of(R"({"rows":[{"t":"А","i":1}]})"));
  lenient.complete(again, lenient.take(again, 0, 50).pending.at(0), &gone);
  EXPECT_THAT(found_.titles(), ElementsAre("А"));
}

TEST_F(DetailsOf, an_item_that_are_a_block_page_leave_it_undone) {
  auto& pipeline = over(json_yaml(kWithDetails));
  const auto page = pipeline.read({}, answer_of(R"({"rows":[{"t":"А","i":1}]})"));
  const auto taken = pipeline.take(page, 0, 50);
  const auto challenge = answer_of("<html>QRATOR</html>", "text/html");
  EXPECT_EQ(pipeline.complete(page, taken.pending[0], &challenge).answer, AnswerClass::kBlocked);
  EXPECT_THAT(found_.films, IsEmpty());
  EXPECT_THAT(found_.rejects, IsEmpty());
}

using Hostile = Walk;

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST_F(Hostile, nesting_is_refused) {
  auto& json = over(json_yaml());
  const auto deep = R"({"rows":)" + repeated("[", 100'000);
  EXPECT_EQ(take(json, answer_of(deep)).answer, AnswerClass::kDrifted);
  auto& html = over(html_yaml());
  const auto page = take(html, answer_of(repeated("<div>", 1'000'000), "text/html"));
  EXPECT_EQ(page.answer, AnswerClass::kDrifted);
  EXPECT_NE(page.what, "");
}

TEST_F(Hostile, entities_are_not_expanded) {
  auto& pipeline =
      over(std::string(kHead) + "kind: feed\nrequest: /rss\nfields: {title: title, source_id: id}\n");
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"ха\">";
  for (int i = 1; i < 20; ++i)
    bomb +=
        "<!ENTITY a" + std::to_string(i) + " \"" + repeated("&a" + std::to_string(i - 1) + ";", 10) + "\">";
  bomb += "]><rss version=\"2.0\"><channel><item><title>&a19;</title><guid>1</guid></item></channel></rss>";
  EXPECT_EQ(take(pipeline, answer_of(bomb, "text/xml")).answer, AnswerClass::kDrifted);
}

TEST_F(Hostile, too_many_items_are_cut) {
  auto& pipeline = over(json_yaml());
  const auto body = R"({"rows":[)" + repeated("0,", kMaxItems + 9) + "0]}";
  const auto page = take(pipeline, answer_of(body));
  EXPECT_EQ(page.size(), kMaxItems);
  EXPECT_EQ(pipeline.counts().warnings.at("items_cut"), 1U);
}

}  // namespace
}  // namespace filmoteka::scraper
