#include <filmoteka/base/result.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>

#include <gtest/gtest.h>

namespace filmoteka {
namespace {

TEST(Utf8, tells_well_formed_from_ill_formed) {
  for (const char* text : {"", "abc", "фильм", "日本", "\xF0\x9F\x8E\xAC", "\xED\x9F\xBF", "\xEF\xBF\xBD"}) {
    EXPECT_TRUE(is_valid_utf8(text)) << text;
  }
  for (const char* text : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                           "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xD1", "ok\xFF"}) {
    EXPECT_FALSE(is_valid_utf8(text)) << testing::PrintToString(text);
  }
}

TEST(Utf8, counts_and_cuts_by_code_points) {
  EXPECT_EQ(utf8_length("Ёлки 5"), 6U);
  EXPECT_EQ(utf8_prefix("Ёлки 5", 2), "Ёл");
  EXPECT_EQ(utf8_prefix("Ёлки", 10), "Ёлки");
  EXPECT_EQ(utf8_prefix("Ёлки", 0), "");
}

TEST(Utf8, replaces_each_bad_byte) {
  EXPECT_EQ(replace_invalid_utf8("a\xFF"
                                 "б\xD1"),
            "a\xEF\xBF\xBDб\xEF\xBF\xBD");
  EXPECT_EQ(replace_invalid_utf8("чисто"), "чисто");
}

TEST(Strings, trim_split_and_compare) {
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
  EXPECT_TRUE(equals_ignore_case_ascii("Content-Type", "content-TYPE"));
  EXPECT_FALSE(equals_ignore_case_ascii("a", "ab"));
  EXPECT_EQ(to_lower_ascii("AbЁ"), "abЁ");
}

TEST(Strings, numbers_are_read_whole_or_not_at_all) {
  EXPECT_EQ(parse_number<int>("-12"), -12);
  EXPECT_EQ(parse_number<int>("12a"), std::nullopt);
  EXPECT_EQ(parse_number<int>(""), std::nullopt);
  EXPECT_EQ(parse_number<std::int8_t>("300"), std::nullopt);
  EXPECT_EQ(parse_number<unsigned>("-1"), std::nullopt);
  EXPECT_DOUBLE_EQ(parse_number<double>("7.5").value(), 7.5);
}

Result<int> half(int number) {
  if (number % 2 != 0)
    return invalid_argument("odd", {{.parameter = "n", .pointer = {}, .detail = "must be even"}});
  return number / 2;
}

Result<int> quarter(int number) {
  FILMOTEKA_TRY(const int once, half(number));
  FILMOTEKA_CHECK(half(once));
  return once / 2;
}

TEST(Result, failures_propagate_with_all_that_is_known) {
  EXPECT_EQ(quarter(8).value(), 2);
  const Result<int> failed = quarter(6);
  ASSERT_TRUE(failed.has_error());
  EXPECT_EQ(failed.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(describe(failed.error()), "invalid_argument: odd; n: must be even");
}

TEST(Result, using_a_failure_as_a_value_is_a_defect_that_throws) {
  EXPECT_THROW(quarter(3).value(), std::logic_error);
}

}  // namespace
}  // namespace filmoteka
