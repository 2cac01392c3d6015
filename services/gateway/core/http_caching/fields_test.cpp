#include <gateway/core/http_caching/fields.hpp>
#include <gateway/core/http_caching/http_time.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using Elements = std::vector<std::string_view>;

TEST(Rfc9110_5_3_FieldLines, OfOneNameAreOneList) {
  const http::Headers headers = {{"Cache-Control", "a"}, {"X", "y"}, {"cache-control", "b"}};
  EXPECT_EQ(Fields(headers).combined("CACHE-CONTROL"), "a, b");
  EXPECT_EQ(Fields(headers).first("cache-Control"), "a");
  EXPECT_EQ(Fields(headers).combined("Age"), std::nullopt);
}

TEST(Rfc9110_5_6_1_Lists, HaveNoEmptyElements) {
  EXPECT_EQ(list_elements(" a ,, b,"), (Elements{"a", "b"}));
  EXPECT_EQ(list_elements(""), Elements{});
}

TEST(Rfc9110_5_6_4_QuotedStrings, KeepTheirCommas) {
  EXPECT_EQ(list_elements(R"(private="a, b", "x\",y", c)"),
            (Elements{R"(private="a, b")", R"("x\",y")", "c"}));
}

TEST(Rfc9110_5_6_7_Dates, AreReadInAllThreeForms) {
  const std::chrono::sys_seconds now{std::chrono::seconds{1'700'000'000}};
  const std::chrono::sys_seconds expected{std::chrono::seconds{784'111'777}};
  EXPECT_EQ(parse_field_date("Sun, 06 Nov 1994 08:49:37 GMT", now), expected);
  EXPECT_EQ(parse_field_date("Sunday, 06-Nov-94 08:49:37 GMT", now), expected);
  EXPECT_EQ(parse_field_date("Sun Nov  6 08:49:37 1994", now), expected);
}

TEST(Rfc9110_5_6_7_Dates, WithTwoDigitsAreNotFarInTheFuture) {
  const std::chrono::sys_seconds now{std::chrono::seconds{1'700'000'000}};  // 2023
  const auto year = [&](const char* text) {
    const auto days = std::chrono::floor<std::chrono::days>(*parse_field_date(text, now));
    return int(std::chrono::year_month_day(days).year());
  };
  EXPECT_EQ(year("Sunday, 06-Nov-73 08:49:37 GMT"), 2073);
  EXPECT_EQ(year("Sunday, 06-Nov-74 08:49:37 GMT"), 1974);
}

TEST(Rfc9110_5_6_7_Dates, OfOtherFormsAreNone) {
  const std::chrono::sys_seconds now{};
  for (const char* text :
       {"", "0", "-1", "1994-11-06", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT"}) {
    EXPECT_EQ(parse_field_date(text, now), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace filmoteka::gateway
