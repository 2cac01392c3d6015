#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/source/mapping.hpp>
#include <scraper/core/source/text_template.hpp>

namespace filmoteka::scraper {
namespace {

namespace json = boost::json;

/// What `expression` (YAML) makes of `record` (JSON) as the field "description".
std::string value_of(const std::string& expression, std::string_view record) {
  const auto yaml = config::parse_yaml("{title: t, source_id: i, description: " + expression + "}", "test");
  if (yaml.has_error()) return yaml.error().message;
  std::vector<FieldError> faults;
  const Mapping mapping = Mapping::compile(*yaml, "fields", faults);
  if (!faults.empty()) return faults.front().parameter + ": " + faults.front().detail;
  const RawFilm film = mapping.apply(json::parse(record).as_object());
  const json::value* value = film.if_contains("description");
  return value == nullptr ? "absent" : json::serialize(*value);
}

TEST(Mapping, follows_paths) {
  EXPECT_EQ(value_of("a", R"({"a":"x"})"), R"("x")");
  EXPECT_EQ(value_of("\"a.b[1].c\"", R"({"a":{"b":[{"c":1},{"c":2}]}})"), "2");
  EXPECT_EQ(value_of("Release Date", R"({"Release Date":"Jun 12 1998"})"), R"("Jun 12 1998")");
  EXPECT_EQ(value_of("\"Price (0.0)\"", R"j({"Price (0.0)":3})j"), "3");
  EXPECT_EQ(value_of("\"a.b[9].c\"", R"({"a":{"b":[]}})"), "absent");
  EXPECT_EQ(value_of("a.b", R"({"a":[1]})"), "absent");
}

TEST(Mapping, takes_the_first_that_is_not_empty) {
  EXPECT_EQ(value_of("[a, b, c]", R"({"a":null,"b":"  ","c":"x"})"), R"("x")");
  EXPECT_EQ(value_of("{first: [a, {constant: z}]}", R"({"a":[]})"), R"("z")");
  EXPECT_EQ(value_of("[a, b]", R"({"a":""})"), "absent");
}

TEST(Mapping, fills_templates) {
  EXPECT_EQ(value_of("{template: \"{t} ({y})\"}", R"({"t":"Brat","y":1997})"), "\"Brat (1997)\"");
  EXPECT_EQ(value_of("{template: \"{t} ({y})\"}", R"({"t":"Brat"})"), "absent");
  EXPECT_EQ(value_of("{template: \"{{x}} {t}\"}", R"({"t":"a"})"), R"("{x} a")");
  EXPECT_THAT(value_of("{template: \"{t\"}", "{}"), testing::HasSubstr("fields.description.template"));
}

TEST(Mapping, encodes_values_in_addresses_once) {
  const std::string wiki = "{template: \"https://example.org/wiki/{h}\"}";
  EXPECT_EQ(value_of(wiki, R"({"h":"Bo%C3%A8me_(film)#Cast"})"),
            R"("https://example.org/wiki/Bo%C3%A8me_(film)#Cast")");
  EXPECT_EQ(value_of(wiki, R"({"h":"What? 100% é"})"),
            R"("https://example.org/wiki/What%3F%20100%25%20%C3%A9")");
  EXPECT_EQ(value_of("{template: \"https://example.org/?q={h}\"}", R"({"h":"a&b=c"})"),
            R"("https://example.org/?q=a%26b%3Dc")");
}

TEST(Mapping, works_on_lists) {
  EXPECT_EQ(value_of("{from: g, each: name}", R"({"g":[{"name":"драма"},{"id":1},{"name":"ужасы"}]})"),
            R"(["драма","ужасы"])");
  EXPECT_EQ(value_of("{from: g, split: \",\"}", R"({"g":"a, b,,c "})"), R"(["a","b","c"])");
  EXPECT_EQ(value_of("{from: g, join: \"; \"}", R"({"g":["a"," ",2]})"), R"("a; 2")");
}

TEST(Mapping, converts_numbers) {
  EXPECT_EQ(value_of("{from: m, unit: minutes}", R"({"m":102})"), "6120");
  EXPECT_EQ(value_of("{from: m, unit: milliseconds}", R"({"m":"1477017"})"), "1477");
  EXPECT_EQ(value_of("{from: m, unit: hours}", R"({"m":"1,5"})"), "5400");
  EXPECT_EQ(value_of("{from: m, unit: minutes}", R"({"m":"1:42:05"})"), R"("1:42:05")");
  EXPECT_EQ(value_of("{from: m, multiply: 2}", R"({"m":3.5})"), "7E0");
}

TEST(Mapping, looks_values_up) {
  EXPECT_EQ(value_of("{from: r, map: {G: 0, NC-17: 18}}", R"({"r":"G"})"), "0");
  EXPECT_EQ(value_of("{from: r, map: {G: 0}}", R"({"r":"R"})"), "absent");
  EXPECT_EQ(value_of("{from: r, map: {G: 0}, default: 6}", R"({"r":"R"})"), "6");
  EXPECT_EQ(value_of("{from: r, map: {a: A}}", R"({"r":["a","b"]})"), R"(["A"])");
}

TEST(Mapping, takes_a_late_year_for_one_of_the_century_before) {
  EXPECT_EQ(value_of("{from: d, latest_year: 2011}", R"({"d":"Dec 25 2040"})"), "1940");
  EXPECT_EQ(value_of("{from: d, latest_year: 2011}", R"({"d":"Dec 25 1999"})"), "1999");
  EXPECT_EQ(value_of("{from: d, latest_year: 2011}", R"({"d":"soon"})"), R"("soon")");
}

TEST(Mapping, repairs_text_that_was_read_in_the_wrong_encoding) {
  EXPECT_EQ(value_of("{from: t, repair: macroman}", R"({"t":"CachÈ"})"), R"("Caché")");
  EXPECT_EQ(value_of("{from: t, repair: macroman}", R"({"t":"plain"})"), R"("plain")");
  EXPECT_EQ(value_of("{from: t, repair: macroman}", R"({"t":"Ёлки"})"), R"("Ёлки")");
}

}  // namespace
}  // namespace filmoteka::scraper
