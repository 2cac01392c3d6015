#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/source/expression_fixtures.hpp>

namespace filmoteka::scraper {
namespace {

using testing::HasSubstr;

/// What the filters make of a value, given as JSON.
std::string filtered(const std::string& filters, const std::string& value, std::string_view context = "{}") {
  return of_json("{from: v, filters: " + filters + "}", "{\"v\":" + value + "}", context);
}

TEST(Filters, change_texts) {
  EXPECT_EQ(filtered("[trim]", R"("  a b ")"), R"("a b")");
  EXPECT_EQ(filtered("[lower]", R"("ЁЛКИ Élan")"), R"("ёлки élan")");
  EXPECT_EQ(filtered("[upper]", R"("ёлки")"), R"("ЁЛКИ")");
  EXPECT_EQ(filtered("[{prepend: \"https:\"}, {append: \"?w=300\"}]", R"("//a.example/x")"),
            R"("https://a.example/x?w=300")");
  EXPECT_EQ(filtered("[{replace: {from: \" / \", to: \", \"}}]", R"("a / b / c")"), R"("a, b, c")");
  EXPECT_EQ(filtered(R"x([{replace: {pattern: '(\d+) из (\d+)', to: '\1/\2'}}])x", R"("7 из 10")"),
            R"("7/10")");
  EXPECT_EQ(filtered("[{remove: HD}, trim]", R"("Зеркало HD")"), R"("Зеркало")");
  EXPECT_EQ(filtered("[{remove: {pattern: '\\[.*?\\]'}}]", R"("a[1]b[2]")"), R"("ab")");
  EXPECT_EQ(filtered("[{prepend: №}]", "5"), R"("№5")");
}

TEST(Filters, take_parts_by_regular_expressions) {
  EXPECT_EQ(filtered("[{regexp: '(\\d{4})'}]", R"("Драма, 1974, СССР")"), R"("1974")");
  EXPECT_EQ(filtered("[{regexp: '\\d+'}]", R"("id 42")"), R"("42")");
  EXPECT_EQ(filtered("[{regexp: {pattern: '(\\w+)-(\\w+)', take: 2}}]", R"("ab-cd")"), R"("cd")");
  EXPECT_EQ(filtered("[{regexp: {pattern: '(\\w+)-(\\w+)', take: '\\2/\\1'}}]", R"("ab-cd")"), R"("cd/ab")");
  EXPECT_EQ(filtered("[{regexp: '(\\d{4})'}]", R"("nothing")"), "absent");
  EXPECT_EQ(filtered("[{regexp: '(\\d{4})'}]", R"(["a 1974","b","c 1980"])"), R"(["1974","1980"])");
}

TEST(Filters, work_on_lists) {
  EXPECT_EQ(filtered("[{each: name}]", R"([{"name":"драма"},{"id":1},{"name":"ужасы"}])"),
            R"(["драма","ужасы"])");
  EXPECT_EQ(filtered("[{each: name}]", R"("https://a.example/genres")"), "absent");
  EXPECT_EQ(filtered("[{split: \",\"}]", R"("a, b,,c ")"), R"(["a","b","c"])");
  EXPECT_EQ(filtered("[{split: \",\"}]", R"(["a,b","c"])"), R"(["a","b","c"])");
  EXPECT_EQ(filtered("[{join: \"; \"}]", R"(["a"," ",2])"), R"("a; 2")");
  EXPECT_EQ(filtered("[first]", R"(["a","b"])"), R"("a")");
  EXPECT_EQ(filtered("[last]", R"(["a","b"])"), R"("b")");
  EXPECT_EQ(filtered("[{nth: 2}]", R"(["a","b"])"), R"("b")");
  EXPECT_EQ(filtered("[{nth: -2}]", R"(["a","b"])"), R"("a")");
  EXPECT_EQ(filtered("[{nth: 3}]", R"(["a","b"])"), "absent");
  EXPECT_EQ(filtered("[first]", R"("alone")"), R"("alone")");
}

TEST(Filters, read_html) {
  EXPECT_EQ(filtered("[htmldecode]", R"("&laquo;A&amp;B&raquo; <3")"), R"("«A&B» <3")");
  EXPECT_EQ(filtered("[htmldecode]", R"("a &lt;b&gt; c")"), R"("a <b> c")");
  EXPECT_EQ(filtered("[html_to_text]", R"("<p>One</p><p>Two &amp; three</p>")"), R"("One\n\nTwo & three")");
}

TEST(Filters, read_numbers) {
  EXPECT_EQ(filtered("[number]", R"("от 1 234,5 руб.")"), "1.2345E3");
  EXPECT_EQ(filtered("[number]", R"("1,234,567 views")"), "1234567");
  EXPECT_EQ(filtered("[number]", R"("7.5/10")"), "7.5E0");
  EXPECT_EQ(filtered("[number]", R"("-3")"), "-3");
  EXPECT_EQ(filtered("[number]", R"("none")"), "absent");
  EXPECT_EQ(filtered("[number]", "42"), "42");
  EXPECT_EQ(filtered("[{multiply: 2}]", "3.5"), "7E0");
  EXPECT_EQ(filtered("[{multiply: 2}]", R"("many")"), "absent");
  EXPECT_EQ(filtered("[count]", R"("1,2 млн просмотров")"), "1200000");
  EXPECT_EQ(filtered("[count]", R"("12 345")"), "12345");
}

TEST(Filters, read_durations) {
  EXPECT_EQ(filtered("[{unit: minutes}]", "102"), "6120");
  EXPECT_EQ(filtered("[{unit: milliseconds}]", R"("1477017")"), "1477");
  EXPECT_EQ(filtered("[{unit: hours}]", R"("1,5")"), "5400");
  EXPECT_EQ(filtered("[{unit: minutes}]", R"("1:42:05")"), "absent");
  EXPECT_EQ(filtered("[duration]", R"("1 ч 42 мин")"), "6120");
  EXPECT_EQ(filtered("[duration]", R"("PT1H42M")"), "6120");
}

TEST(Filters, read_dates) {
  EXPECT_EQ(filtered("[{date: \"%d.%m.%Y\"}]", R"("14.11.2023")"), R"("2023-11-14")");
  EXPECT_EQ(filtered("[{date: \"%d %B %Y, %H:%M\"}]", R"("14 ноября 2023, 9:05")"),
            R"("2023-11-14T09:05:00")");
  EXPECT_EQ(filtered("[{date: \"%b %d, %Y %H:%M %z\"}]", R"("Nov 14, 2023 09:05 +03:00")"),
            R"("2023-11-14T06:05:00Z")");
  EXPECT_EQ(filtered("[{date: [\"%Y\", \"%d.%m.%y\"]}]", R"("14.11.23")"), R"("2023-11-14")");
  EXPECT_EQ(filtered("[{date: \"%d.%m.%Y\"}]", R"("31.02.2023")"), "absent");
  EXPECT_EQ(filtered("[timeago]", R"("3 дня назад")"), R"("2023-11-11T22:13:20Z")");
  // Yesterday of a clock three hours ahead of UTC, where it is the fifteenth already.
  EXPECT_EQ(filtered("[timeago]", R"("вчера в 12:30")"), R"("2023-11-14T09:30:00Z")");
  EXPECT_EQ(filtered("[timeago]", R"("14.11.2023")"), "absent");
}

TEST(Filters, read_years) {
  EXPECT_EQ(filtered("[year]", R"("СССР, 1974 год, 108 мин")"), "1974");
  EXPECT_EQ(filtered("[year]", R"("tt0072443, 12345")"), "absent");
  EXPECT_EQ(filtered("[{latest_year: 2011}]", R"("Dec 25 2040")"), "1940");
  EXPECT_EQ(filtered("[{latest_year: 2011}]", R"("Dec 25 1999")"), "1999");
  EXPECT_EQ(filtered("[{latest_year: 2011}]", R"("soon")"), "absent");
}

TEST(Filters, look_values_up) {
  EXPECT_EQ(filtered("[{map: {G: 0, NC-17: 18}}]", R"("G")"), "0");
  EXPECT_EQ(filtered("[{map: {G: 0}}]", R"("R")"), "absent");
  EXPECT_EQ(filtered("[{map: {G: 0}, other: 12}]", R"("R")"), "12");
  EXPECT_EQ(filtered("[{map: {G: 0}}, {default: 6}]", R"("R")"), "6");
  EXPECT_EQ(filtered("[{map: {a: A}}]", R"(["a","b"])"), R"(["A"])");
  EXPECT_EQ(filtered("[{map: {\"true\": false}}]", "true"), "false");
}

TEST(Filters, read_and_write_addresses) {
  constexpr std::string_view kHere = R"({"url":"https://a.example/films/page2.html?x=1"})";
  EXPECT_EQ(filtered("[resolve_url]", R"("../f/7.html")", kHere), R"("https://a.example/f/7.html")");
  EXPECT_EQ(filtered("[resolve_url]", R"("//b.example/7")", kHere), R"("https://b.example/7")");
  EXPECT_EQ(filtered("[resolve_url]", R"x("javascript:alert(1)")x", kHere), "absent");
  EXPECT_EQ(filtered("[resolve_url]", R"("/7")"), "absent");
  EXPECT_EQ(filtered("[{querystring: id}]", R"("/film?a=1&id=%D0%AF+7#top")"), R"("Я 7")");
  EXPECT_EQ(filtered("[{querystring: id}]", R"("/film?a=1")"), "absent");
  EXPECT_EQ(filtered("[urlencode]", R"("Я&7")"), R"("%D0%AF%267")");
  EXPECT_EQ(filtered("[urldecode]", R"("%D0%AF+7%")"), R"("Я 7%")");
}

TEST(Filters, repair_texts_and_make_ids) {
  EXPECT_EQ(filtered("[{repair: macroman}]", R"("CachÈ")"), R"("Caché")");
  EXPECT_EQ(filtered("[{repair: macroman}]", R"("Ёлки")"), R"("Ёлки")");
  EXPECT_EQ(filtered("[hash]", R"("a")"), R"("af63dc4c8601ec8c")");
}

TEST(Filters, say_what_is_wrong_with_their_arguments) {
  EXPECT_THAT(filtered("[trimm]", "1"),
              HasSubstr("x.filters[0]: line 1: 'trimm' is not a filter; did you mean 'trim'?"));
  EXPECT_THAT(filtered("[{trim: 1}]", "1"), HasSubstr("takes no argument"));
  EXPECT_THAT(filtered("[split]", "1"), HasSubstr("needs an argument"));
  EXPECT_THAT(filtered("[{split: a, join: b}]", "1"), HasSubstr("one filter and its argument"));
  EXPECT_THAT(filtered("[{split: a, other: b}]", "1"), HasSubstr("belongs to the filter map"));
  EXPECT_THAT(filtered("trim", "1"), HasSubstr("must be a list of 1 to 30 filters"));
  EXPECT_THAT(filtered("[{regexp: '('}]", "1"), HasSubstr("no regular expression of RE2: missing )"));
  EXPECT_THAT(filtered("[{regexp: {pattern: 'a', take: 1}}]", "1"),
              HasSubstr("take: Rewrite schema requests 1 matches"));
  EXPECT_THAT(filtered("[{replace: {from: a}}]", "1"), HasSubstr("to: line 1: is required"));
  EXPECT_THAT(filtered("[{replace: {from: a, pattern: b, to: c}}]", "1"), HasSubstr("exactly one of from"));
  EXPECT_THAT(filtered("[{date: \"%Q\"}]", "1"), HasSubstr("must be a format like"));
  EXPECT_THAT(filtered("[{unit: weeks}]", "1"), HasSubstr("must be one of hours"));
  EXPECT_THAT(filtered("[{nth: 0}]", "1"), HasSubstr("counts from 1"));
  EXPECT_THAT(filtered("[{repair: utf8}]", "1"), HasSubstr("must be macroman"));
  EXPECT_THAT(filtered("[{map: {}}]", "1"), HasSubstr("must be a group of keys"));
}

TEST(Filters, keep_values_within_bounds) {
  const std::string long_text(2 * 1024 * 1024, 'a');
  EXPECT_EQ(filtered("[upper]", "\"" + long_text + "\""), "absent");
  // Each filter would make it two hundred times as long.
  const std::string growing = "{replace: {from: a, to: " + std::string(200, 'a') + "}}";
  EXPECT_EQ(filtered("[" + growing + "," + growing + "," + growing + "," + growing + "]", "\"aaaa\""),
            "absent");
}

}  // namespace
}  // namespace filmoteka::scraper
