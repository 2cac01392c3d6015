#include <filmoteka/domain/format.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace filmoteka::domain {
namespace {

TEST(FormatDuration, has_hours_minutes_and_seconds) {
  EXPECT_EQ(format_duration(6125), "1:42:05");
  EXPECT_EQ(format_duration(65), "0:01:05");
  EXPECT_EQ(format_duration(360'000), "100:00:00");
}

TEST(JoinGenres, puts_commas_between) {
  EXPECT_EQ(join_genres({"драма", "комедия"}), "драма, комедия");
  EXPECT_EQ(join_genres({}), "");
}

TEST(FormatRating, shows_tenths_only_where_there_are_some) {
  EXPECT_EQ(format_rating(73), "7.3");
  EXPECT_EQ(format_rating(80), "8");
  EXPECT_EQ(format_rating(5), "0.5");
}

TEST(RatingFrom, rounds_to_tenths_and_refuses_what_is_no_rating) {
  EXPECT_EQ(rating_from(7.25), 73);
  EXPECT_EQ(rating_from(0), 0);
  EXPECT_EQ(rating_from(10), 100);
  EXPECT_EQ(rating_from(10.01), std::nullopt);
  EXPECT_EQ(rating_from(-0.1), std::nullopt);
  EXPECT_EQ(rating_from(std::numeric_limits<double>::quiet_NaN()), std::nullopt);
}

}  // namespace
}  // namespace filmoteka::domain
