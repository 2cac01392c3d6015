#include <gtest/gtest.h>
#include <scraper/core/schedule/cron.hpp>

namespace filmoteka::scraper {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

LocalTime at(year_month_day day, minutes of_day = 0min) {
  return LocalTime(sys_days(day).time_since_epoch()) + of_day;
}

LocalTime next(std::string_view text, LocalTime from) {
  const auto cron = Cron::parse(text);
  EXPECT_TRUE(cron.has_value()) << text << ": " << cron.error().message;
  return cron.has_value() ? cron->next(from) : LocalTime{};
}

constexpr auto kFriday = 2026y / 11 / 27;

TEST(Cron, FindsTheNextMoment) {
  struct Case {
    std::string_view text;
    LocalTime expected;
  };
  const auto from = at(kFriday, 10h + 15min);
  const Case cases[] = {
      {"* * * * *", at(kFriday, 10h + 16min)},
      {"15 10 * * *", at(2026y / 11 / 28, 10h + 15min)},
      {"*/20 * * * *", at(kFriday, 10h + 20min)},
      {"5-50/15 10 * * *", at(kFriday, 10h + 20min)},
      {"30/10 * * * *", at(kFriday, 10h + 30min)},
      {"0 4,22 * * *", at(kFriday, 22h)},
      {"30 4 * * 1-5", at(2026y / 11 / 30, 4h + 30min)},
      {"0 0 * * sun", at(2026y / 11 / 29)},
      {"0 0 * * 7", at(2026y / 11 / 29)},
      {"0 0 1 jan *", at(2027y / 1 / 1)},
      {"0 0 29 2 *", at(2028y / 2 / 29)},
      {"0 0 13 * fri", at(2026y / 12 / 4)},  // either kind of day suffices
      {"@daily", at(2026y / 11 / 28)},
      {"@hourly", at(kFriday, 11h)},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(next(text, from), expected) << text;
}

TEST(Cron, ForgetsSeconds) {
  EXPECT_EQ(next("* * * * *", at(kFriday) + 59s), at(kFriday, 1min));
}

TEST(Cron, RefusesWhatIsNoTable) {
  for (const auto* text : {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *",
                           "* * * 13 *", "* * * * 8", "5-1 * * * *", "*/0 * * * *", "a * * * *",
                           "1,,2 * * * *", "-1 * * * *", "* * * foo *", "@often", "0 0 31 2 *"})
    EXPECT_TRUE(Cron::parse(text).has_error()) << text;
}

}  // namespace
}  // namespace filmoteka::scraper
