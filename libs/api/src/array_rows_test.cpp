#include "array_rows.hpp"

#include <gtest/gtest.h>

#include <string>

namespace filmoteka::api {
namespace {

using Rows = std::vector<std::string_view>;

TEST(SplitArray, finds_entries_whatever_stands_in_them) {
  EXPECT_EQ(split_array(" [ ] ", 9).value(), Rows{});
  EXPECT_EQ(split_array("[1 ,\"a,]\" , {\"b\":[{},\"}\\\"\"]},nul]", 9).value(),
            (Rows{"1", "\"a,]\"", "{\"b\":[{},\"}\\\"\"]}", "nul"}));
  EXPECT_EQ(split_array("[\"\xff\xfe\",{\"a\":\"\\\\\"},\xc3]", 9).value(),
            (Rows{"\"\xff\xfe\"", "{\"a\":\"\\\\\"}", "\xc3"}));
}

TEST(SplitArray, says_which_entry_has_no_end) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"[", "/0"},           {"[{}", "/0"},      {"[{},]", "/1"},     {"[,]", "/0"},
      {"[{}{}]", "/0"},      {"[1 2]", "/0"},    {"[{},{]}]", "/1"},  {"[{},{\"a}]", "/1"},
      {"[{\"a\\\"}]", "/0"}, {"[/**/{}]", "/0"}, {"[1,2,[[]]", "/2"}, {"[1,\"a\"\"b\"]", "/1"}};
  for (const auto& [text, pointer] : cases) {
    const auto rows = split_array(text, 9);
    ASSERT_TRUE(rows.has_error()) << text;
    EXPECT_EQ(rows.error().code, ErrorCode::kInvalidArgument) << text;
    EXPECT_EQ(rows.error().fields.at(0).pointer, pointer) << text;
  }
}

TEST(SplitArray, refuses_what_is_no_array_and_too_many) {
  for (const std::string_view text : {"", "{}", "nul", "[] x", "[1]]"}) {
    EXPECT_EQ(split_array(text, 9).error().code, ErrorCode::kInvalidArgument) << text;
  }
  EXPECT_EQ(split_array("[1,2]", 2).value().size(), 2U);
  EXPECT_EQ(split_array("[1,2,3]", 2).error().code, ErrorCode::kPayloadTooLarge);
}

TEST(SplitArray, takes_linear_time_and_no_recursion) {
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  EXPECT_EQ(split_array("[" + deep + "]", 9).value().size(), 1U);
  EXPECT_TRUE(split_array(std::string(1'000'000, '['), 9).has_error());
}

}  // namespace
}  // namespace filmoteka::api
