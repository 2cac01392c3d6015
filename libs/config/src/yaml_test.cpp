#include <filmoteka/config/yaml.hpp>

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::config {
namespace {

std::string json_of(std::string_view yaml) {
  const auto node = parse_yaml(yaml, "test.yaml");
  return node.has_value() ? boost::json::serialize(node->to_json()) : node.error().message;
}

TEST(Yaml, types_plain_scalars_by_the_documented_rule) {
  EXPECT_EQ(json_of("[1, -2, 0, 1.5, -0.25, 2.5e3, true, false, null, ~]"),
            "[1,-2,0,1.5E0,-2.5E-1,2.5E3,true,false,null,null]");
}

TEST(Yaml, leaves_everything_else_as_text) {
  EXPECT_EQ(json_of("[no, on, 010, 1e3, 12:30, 2024-01-01, 0x10, .5, '7', \"true\", 99999999999999999999]"),
            R"(["no","on","010","1e3","12:30","2024-01-01","0x10",".5","7","true","99999999999999999999"])");
}

TEST(Yaml, keeps_order_and_lines) {
  const auto node = parse_yaml("b: 1\na:\n  - x\n  - {y: z}\n", "test.yaml");
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(node->members[0].first, "b");
  const YamlNode* list = node->find("a");
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->items[1].line, 4);
  EXPECT_EQ(list->items[1].find("y")->scalar.as_string(), "z");
  EXPECT_EQ(node->find("c"), nullptr);
}

TEST(Yaml, reads_nothing_as_null) {
  EXPECT_EQ(json_of(""), "null");
  EXPECT_EQ(json_of("# only a comment\n"), "null");
}

TEST(Yaml, refuses_with_the_line_what_is_ambiguous_or_dangerous) {
  EXPECT_EQ(json_of("a: 1\na: 2\n"), "test.yaml, line 2: the key 'a' stands here twice");
  EXPECT_EQ(json_of("a: &x 1\n"), "test.yaml, line 1: anchors are not allowed");
  EXPECT_EQ(json_of("a: 1\nb: !!int 1\n"), "test.yaml, line 2: tags are not allowed");
  EXPECT_EQ(json_of("<<: {a: 1}\n"), "test.yaml, line 1: merge keys are not allowed");
  EXPECT_EQ(json_of("? [a]\n: b\n"), "test.yaml, line 1: a key must be text");
  EXPECT_EQ(json_of("---\na: 1\n---\nb: 2\n"), "test.yaml, line 3: more than one document in one file");
}

TEST(Yaml, refuses_bombs_and_garbage) {
  EXPECT_THAT(json_of("a: *x\n"), testing::HasSubstr("line 1"));
  EXPECT_THAT(json_of(std::string(200, '[')), testing::HasSubstr("test.yaml, line 1"));
  EXPECT_THAT(json_of(std::string(100'000, '[')), testing::HasSubstr("test.yaml, line 1"));
  EXPECT_THAT(json_of("a: \xFF"), testing::HasSubstr("not UTF-8"));
  EXPECT_THAT(json_of(std::string(kMaxYamlBytes + 1, ' ')), testing::HasSubstr("larger than"));
  EXPECT_THAT(json_of("a: [1, 2\nb: 3\n"), testing::HasSubstr("test.yaml, line"));
}

}  // namespace
}  // namespace filmoteka::config
