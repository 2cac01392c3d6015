#include <gtest/gtest.h>
#include <metadata/handlers/parameters.hpp>

namespace filmoteka::metadata {
namespace {

TEST(Parameters, are_read_with_their_rules) {
  Parameters parameters = Parameters::make("since=7&wait=30&include_inactive=true").value();
  EXPECT_EQ(parameters.integer("since", 0, 100, 0), 7);
  EXPECT_EQ(parameters.integer("wait", 0, 30, 0), 30);
  EXPECT_EQ(parameters.integer("limit", 0, 30, 5), 5);
  EXPECT_TRUE(parameters.flag("include_inactive", false));
  EXPECT_TRUE(parameters.finish().has_value());
}

TEST(Parameters, all_faults_are_named_at_once) {
  Parameters parameters = Parameters::make("a=x&b=31&c=maybe&d=1&d=2&e=&odd=1").value();
  parameters.integer("a", 0, 30, 0);
  parameters.integer("b", 0, 30, 0);
  parameters.flag("c", false);
  parameters.integer("d", 0, 30, 0);
  parameters.integer("e", 0, 30, 0);
  const auto result = parameters.finish();
  ASSERT_TRUE(result.has_error());
  std::vector<std::string> named;
  for (const FieldError& fault : result.error().fields) named.push_back(fault.parameter);
  EXPECT_EQ(named, (std::vector<std::string>{"a", "b", "c", "d", "e", "odd"}));
}

TEST(ParseId, takes_integers_from_one) {
  EXPECT_EQ(parse_id("1").value(), 1);
  for (const char* text : {"", "0", "-1", "x", "1.5", "99999999999999999999", " 1"}) {
    EXPECT_TRUE(parse_id(text).has_error()) << text;
  }
}

}  // namespace
}  // namespace filmoteka::metadata
