#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/source/expression_fixtures.hpp>

namespace filmoteka::scraper {
namespace {

using testing::HasSubstr;

TEST(Expression, follows_paths) {
  EXPECT_EQ(of_json("a", R"({"a":"x"})"), R"("x")");
  EXPECT_EQ(of_json("\"a.b[1].c\"", R"({"a":{"b":[{"c":1},{"c":2}]}})"), "2");
  EXPECT_EQ(of_json("Release Date", R"({"Release Date":"Jun 12 1998"})"), R"("Jun 12 1998")");
  EXPECT_EQ(of_json("\"Price (0.0)\"", R"j({"Price (0.0)":3})j"), "3");
  EXPECT_EQ(of_json("\"a.b[9].c\"", R"({"a":{"b":[]}})"), "absent");
  EXPECT_EQ(of_json("a.b", R"({"a":[1]})"), "absent");
  EXPECT_THAT(of_json("\"a[\"", "{}"), HasSubstr("must be a path"));
}

TEST(Expression, follows_paths_into_what_is_around_a_record) {
  constexpr std::string_view kAround =
      R"({"url":"https://a.example/","list":2024,"item":{"ids":{"imdb":"tt1"}}})";
  EXPECT_EQ(of_json("$list", R"({"list":1})", kAround), "2024");
  EXPECT_EQ(of_json("$item.ids.imdb", "{}", kAround), R"("tt1")");
  EXPECT_EQ(of_json("$page", "{}", kAround), "absent");
  EXPECT_EQ(of_json("{template: \"{$list}-{a}\"}", R"({"a":"x"})", kAround), R"("2024-x")");
  EXPECT_THAT(of_json("$home", "{}"), HasSubstr("of $url, $list"));
  // Further in, a sign is a letter like others.
  EXPECT_EQ(of_json("a.$oid", R"({"a":{"$oid":"5"}})"), R"("5")");
}

TEST(Expression, takes_the_first_that_is_not_empty) {
  EXPECT_EQ(of_json("[a, b, c]", R"({"a":null,"b":"  ","c":"x"})"), R"("x")");
  EXPECT_EQ(of_json("{first: [a, {constant: z}]}", R"({"a":[]})"), R"("z")");
  EXPECT_EQ(of_json("{first: [a, b], filters: [upper]}", R"({"b":"x"})"), R"("X")");
  EXPECT_EQ(of_json("[a, b]", R"({"a":""})"), "absent");
  EXPECT_EQ(of_json("[a, b]", R"({"a":false,"b":1})"), "false");
}

TEST(Expression, fills_templates) {
  EXPECT_EQ(of_json("{template: \"{t} ({y})\"}", R"({"t":"Brat","y":1997})"), "\"Brat (1997)\"");
  EXPECT_EQ(of_json("{template: \"{t} ({y})\"}", R"({"t":"Brat"})"), "absent");
  EXPECT_EQ(of_json("{template: \"{{x}} {t}\"}", R"({"t":"a"})"), R"("{x} a")");
  EXPECT_THAT(of_json("{template: \"{t\"}", "{}"), HasSubstr("x.template: line 1"));
}

TEST(Expression, encodes_values_in_addresses_once) {
  const std::string wiki = "{template: \"https://example.org/wiki/{h}\"}";
  EXPECT_EQ(of_json(wiki, R"({"h":"Bo%C3%A8me_(film)#Cast"})"),
            R"("https://example.org/wiki/Bo%C3%A8me_(film)#Cast")");
  EXPECT_EQ(of_json(wiki, R"({"h":"What? 100% é"})"),
            R"("https://example.org/wiki/What%3F%20100%25%20%C3%A9")");
  EXPECT_EQ(of_json("{template: \"https://example.org/?q={h}\"}", R"({"h":"a&b=c"})"),
            R"("https://example.org/?q=a%26b%3Dc")");
}

constexpr std::string_view kPage =
    R"(<div class="film" data-id="7"><h2><a href="/film/7.html">Зеркало</a> <i>драма</i></h2>
  <p class="meta"><span>1974</span><span>108 мин</span></p><ul><li>драма</li><li>история</li></ul></div>)";

TEST(Expression, takes_values_of_a_page_by_selectors) {
  EXPECT_EQ(of_html("h2 a", kPage), R"("Зеркало")");
  EXPECT_EQ(of_html("{css: \"h2 a\", attribute: href}", kPage), R"("/film/7.html")");
  EXPECT_EQ(of_html("\"h2 a::attr(href)\"", kPage), R"("/film/7.html")");
  EXPECT_EQ(of_html("{css: li, all: true}", kPage), R"(["драма","история"])");
  EXPECT_EQ(of_html("{css: i, html: true}", kPage), R"("<i>драма</i>")");
  EXPECT_EQ(of_html("{xpath: \".//span[2]\"}", kPage), R"("108 мин")");
  EXPECT_EQ(of_html("{xpath: \".//a/@href\"}", kPage), R"("/film/7.html")");
  EXPECT_EQ(of_html("{xpath: \"count(.//li)\", filters: [number]}", kPage), "2");
  EXPECT_EQ(of_html("[.title, \"h2 a\"]", kPage), R"("Зеркало")");
  EXPECT_EQ(of_html(".nothing", kPage), "absent");
  EXPECT_EQ(of_html("$url", kPage, R"({"url":"https://a.example/"})"), R"("https://a.example/")");
}

TEST(Expression, of_a_page_says_what_is_wrong_with_it) {
  EXPECT_THAT(of_html("{from: title}", kPage), HasSubstr("a page has no paths"));
  EXPECT_THAT(of_html("\"h2[\"", kPage), HasSubstr("x: line 1"));
  EXPECT_THAT(of_html("{xpath: \"//[\"}", kPage), HasSubstr("x.xpath: line 1"));
  EXPECT_THAT(of_html("{css: a, html: true, attribute: href}", kPage), HasSubstr("does not go with"));
}

TEST(Expression, has_one_origin) {
  EXPECT_THAT(of_json("{from: a, constant: b}", "{}"), HasSubstr("exactly one of from"));
  EXPECT_THAT(of_json("{filters: [trim]}", "{}"), HasSubstr("exactly one of from"));
  EXPECT_THAT(of_json("{from: a, unit: minutes}", "{}"), HasSubstr("x.unit: line 1: is not a key"));
  EXPECT_THAT(of_json("{from: a, filter: [trim]}", "{}"), HasSubstr("Did you mean 'filters'?"));
}

TEST(Expression, shows_what_each_step_gave) {
  const auto yaml = config::parse_yaml("{from: d, filters: [trim, duration, {default: 0}]}", "test");
  std::vector<FieldError> faults;
  Compilation compilation{.faults = faults};
  const auto expression = Expression::compile(*yaml, "x", compilation);
  const boost::json::value record = boost::json::parse(R"({"d":" 1 h 42 min "})");
  const boost::json::value strange = boost::json::parse(R"({"d":"long"})");
  std::vector<TraceStep> steps;
  expression->evaluate({.json = &record}, steps);
  expression->evaluate({.json = &strange}, steps);
  std::string text;
  for (const TraceStep& step : steps) text += step.name + "=" + shown(step.value) + " ";
  EXPECT_EQ(text,
            "from d=\" 1 h 42 min \" trim=\"1 h 42 min\" duration=6120 "
            "from d=\"long\" trim=\"long\" duration=absent default=0 ");
}

}  // namespace
}  // namespace filmoteka::scraper
