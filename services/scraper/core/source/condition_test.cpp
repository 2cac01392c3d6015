#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/core/source/expression_fixtures.hpp>

namespace filmoteka::scraper {
namespace {

using testing::HasSubstr;

/// "yes", "no", or the condition's first fault.
std::string asked(const std::string& condition, std::string_view record, std::string_view context = "{}") {
  const auto yaml = config::parse_yaml(condition, "test");
  if (yaml.has_error()) return yaml.error().message;
  std::vector<FieldError> faults;
  Compilation compilation{.faults = faults};
  const Condition compiled = Condition::compile(*yaml, "c", compilation);
  if (!faults.empty()) return first_fault(faults);
  const boost::json::value value = boost::json::parse(record);
  const boost::json::object around = boost::json::parse(context).as_object();
  Record view;
  view.json = &value;
  view.context = &around;
  return compiled.holds(view) ? "yes" : "no";
}

TEST(Condition, compares_as_text) {
  EXPECT_EQ(asked("{from: a, is: true}", R"({"a":true})"), "yes");
  EXPECT_EQ(asked("{from: a, is: 4}", R"({"a":"4"})"), "yes");
  EXPECT_EQ(asked("{from: a, is: [x, y]}", R"({"a":"y"})"), "yes");
  EXPECT_EQ(asked("{from: a, is: [x, y]}", R"({"a":"z"})"), "no");
  EXPECT_EQ(asked("{from: a, is: x}", R"({"a":["w","x"]})"), "yes");
  EXPECT_EQ(asked("{from: a, not: [4, 7]}", R"({"a":16})"), "yes");
  EXPECT_EQ(asked("{from: a, not: [4, 7]}", R"({"a":7})"), "no");
  EXPECT_EQ(asked("{from: a, not: x}", R"({"a":["w","x"]})"), "no");
}

TEST(Condition, matches_and_measures) {
  EXPECT_EQ(asked("{from: a, matches: \"(?i)qrator\"}", R"({"a":"by QRATOR"})"), "yes");
  EXPECT_EQ(asked("{from: a, matches: ^QRATOR}", R"({"a":"by QRATOR"})"), "no");
  EXPECT_EQ(asked("{from: a, below: 40m}", R"({"a":2399})"), "yes");
  EXPECT_EQ(asked("{from: a, below: 40m}", R"({"a":2400})"), "no");
  EXPECT_EQ(asked("{from: a, filters: [duration], above: 6h}", R"({"a":"7:00:00"})"), "yes");
  EXPECT_EQ(asked("{from: a, above: 0, below: 7.5}", R"({"a":"7,4"})"), "yes");
}

TEST(Condition, of_a_value_that_is_not_there_fails_but_for_two) {
  for (const char* test : {"is: x", "matches: x", "below: 5", "above: 5", "exists: true"}) {
    EXPECT_EQ(asked("{from: a, " + std::string(test) + "}", "{}"), "no") << test;
  }
  EXPECT_EQ(asked("{from: a, exists: false}", R"({"a":" "})"), "yes");
  EXPECT_EQ(asked("{from: a, not: x}", "{}"), "yes");
  EXPECT_EQ(asked("{from: a, exists: true, not: [4]}", "{}"), "no");
}

TEST(Condition, is_put_together) {
  const std::string both = "{all: [{from: a, is: 1}, {from: b, is: 2}]}";
  EXPECT_EQ(asked(both, R"({"a":1,"b":2})"), "yes");
  EXPECT_EQ(asked(both, R"({"a":1})"), "no");
  const std::string either = "{any: [{from: a, is: 1}, {all: [{from: b, is: 2}, {from: c, is: 3}]}]}";
  EXPECT_EQ(asked(either, R"({"b":2,"c":3})"), "yes");
  EXPECT_EQ(asked(either, R"({"b":2})"), "no");
}

TEST(Condition, sees_the_fields_of_the_film) {
  EXPECT_EQ(
      asked("{from: $field.duration, below: 100}", R"({"duration":9000})", R"({"field":{"duration":60}})"),
      "yes");
}

TEST(Condition, says_what_is_wrong_with_it) {
  EXPECT_THAT(asked("{from: a}", "{}"), HasSubstr("at least one of is, not"));
  EXPECT_THAT(asked("{is: 1}", "{}"), HasSubstr("exactly one of from"));
  EXPECT_THAT(asked("{from: a, below: soon}", "{}"), HasSubstr("a number, or a time like 40m"));
  EXPECT_THAT(asked("{from: a, is: []}", "{}"), HasSubstr("a value or a list of values"));
  EXPECT_THAT(asked("{from: a, matches: \"(\"}", "{}"), HasSubstr("c.matches: line 1"));
  EXPECT_THAT(asked("{all: []}", "{}"), HasSubstr("a list of 1 to 50 conditions"));
  EXPECT_THAT(asked("{all: [{from: a, is: 1}], any: [{from: a, is: 1}]}", "{}"),
              HasSubstr("does not go with `all`"));
  EXPECT_THAT(asked("{all: [{from: a, is: 1}], from: b}", "{}"), HasSubstr("c.from: line 1: is not a key"));
}

}  // namespace
}  // namespace filmoteka::scraper
