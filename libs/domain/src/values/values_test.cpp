#include <filmoteka/domain/values.hpp>

#include <gtest/gtest.h>

namespace filmoteka::domain {
namespace {

using std::chrono::minutes;

TEST(ParseYear, finds_it_in_dates_and_alone) {
  for (const char* text : {"1998", "1998-06-12", "Jun 12 1998", "12-Jun-98", "12.06.1998", "c. 1998",
                           "1998–2003", "12 июня 1998 г."}) {
    EXPECT_EQ(parse_year(text), 1998) << text;
  }
  for (const char* text : {"", "soon", "98", "19980612", "0998"})
    EXPECT_EQ(parse_year(text), std::nullopt) << text;
}

TEST(ParseDay, reads_the_forms_of_sources) {
  using namespace std::chrono_literals;
  const auto expected = 1998y / 6 / 12;
  for (const char* text :
       {"1998-06-12", "1998/06/12", "12.06.1998", "12-06-1998", "Jun 12 1998", "June 12, 1998",
        "12 June 1998", "12-Jun-98", "12 июня 1998", "12 июня 1998 г.", "6/12/98 "}) {
    if (std::string_view(text).starts_with("6/")) {
      EXPECT_EQ(parse_day(text), std::nullopt) << "month or day first?";
    } else {
      EXPECT_EQ(parse_day(text), expected) << text;
    }
  }
  EXPECT_EQ(parse_day("5/31/1998"), 1998y / 5 / 31);
  EXPECT_EQ(parse_day("1 мая 2009"), 2009y / 5 / 1);
  EXPECT_EQ(parse_day("1 марта 2009"), 2009y / 3 / 1);
  for (const char* text : {"31.02.1998", "Foo 12 1998", "12 1998", "1998-13-01", "12:06:1998", ""}) {
    EXPECT_EQ(parse_day(text), std::nullopt) << text;
  }
}

TEST(ParseMoment, assumes_an_offset_only_where_there_is_none) {
  const auto utc = parse_moment("2019-06-03T17:31:17Z", minutes{180});
  ASSERT_TRUE(utc.has_value());
  EXPECT_EQ(parse_moment("2019-06-03T20:31:17", minutes{180}), utc);
  EXPECT_EQ(parse_moment("2019-06-03 20:31:17", minutes{180}), utc);
  EXPECT_EQ(parse_moment("2019-06-03T19:31:17+02:00", minutes{180}), utc);
  EXPECT_EQ(parse_moment("2019-06-03T17:31:17", minutes{0}), utc);
  EXPECT_EQ(parse_moment("1559583077", minutes{180}), utc);
  EXPECT_EQ(parse_moment("1559583077000", minutes{180}), utc);
  EXPECT_EQ(parse_moment("2019-06-03 20:31", minutes{180}), *utc - std::chrono::seconds{17});
  EXPECT_EQ(parse_moment("03.06.2019", minutes{180}), parse_moment("2019-06-03T00:00:00Z", minutes{0}));
  EXPECT_EQ(parse_moment("2019-06-03T25:00:00", minutes{180}), std::nullopt);
  EXPECT_EQ(parse_moment("yesterday", minutes{180}), std::nullopt);
}

TEST(ParseDuration, reads_the_forms_of_sources) {
  for (const char* text : {"1:42:05", "PT1H42M5S", "102:05", "6125", "6125.2", "1 ч 42 мин 5 сек", "1h42m5s",
                           "6125000 ms", "1 hour 42 minutes 5 seconds", "1 час, 42 минуты, 5 секунд"}) {
    EXPECT_EQ(parse_duration(text), 6'125) << text;
  }
  EXPECT_EQ(parse_duration("102 min"), 6'120);
  EXPECT_EQ(parse_duration("102 мин."), 6'120);
  EXPECT_EQ(parse_duration("P0DT1H"), 3'600);
  for (const char* text : {"", "long", "1:99", "1:2:3:4", "PT", "102 parsecs", "-5", "1e300"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(ParseAge, takes_only_the_five_ratings) {
  EXPECT_EQ(parse_age("16+"), 16);
  EXPECT_EQ(parse_age(" 0 + "), 0);
  EXPECT_EQ(parse_age("18"), 18);
  EXPECT_EQ(parse_age("14+"), std::nullopt);
  EXPECT_EQ(parse_age("R"), std::nullopt);
}

TEST(ParseRating, brings_scales_to_ten) {
  EXPECT_EQ(parse_rating("7.3"), 73);
  EXPECT_EQ(parse_rating("7,25"), 73);
  EXPECT_EQ(parse_rating("3.5/5"), 70);
  EXPECT_EQ(parse_rating("73%"), 73);
  EXPECT_EQ(parse_rating("11"), std::nullopt);
  EXPECT_EQ(parse_rating("7/0"), std::nullopt);
  EXPECT_EQ(parse_rating("good"), std::nullopt);
}

TEST(Values, reads_dates_of_mail_and_feeds) {
  const Timestamp moment{std::chrono::seconds{1'725'336'358}};
  EXPECT_EQ(parse_mail_date("Tue, 03 Sep 2024 04:05:58 +0000"), moment);
  EXPECT_EQ(parse_mail_date("3 Sep 2024 07:05:58 +0300"), moment);
  EXPECT_EQ(parse_moment("Tue, 3 Sep 2024 04:05:58 GMT", std::chrono::minutes{180}), moment);
  EXPECT_EQ(parse_mail_date("Mon, 02 Sep 24 23:05:58 EST"), moment);
  EXPECT_EQ(parse_mail_date("Tue, 03 Sep 2024 04:05 UT"), moment - std::chrono::seconds{58});
  for (const char* text :
       {"", "Tue", "Tue, 03 Sep 2024", "03 Foo 2024 04:05:58 GMT", "03 Sep 2024 04:05:58 XYZ"})
    EXPECT_EQ(parse_mail_date(text), std::nullopt) << text;
}

}  // namespace
}  // namespace filmoteka::domain
