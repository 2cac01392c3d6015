#include <gtest/gtest.h>
#include <scraper/core/schedule/schedule.hpp>

namespace filmoteka::scraper {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

Timestamp utc(year_month_day day, minutes of_day = 0min) {
  return Timestamp(sys_days(day).time_since_epoch() + of_day);
}

Schedule read(std::string_view yaml, std::vector<FieldError>& faults) {
  const auto document = config::parse_yaml(yaml, "test.yaml");
  EXPECT_TRUE(document.has_value());
  return read_schedule(*document, faults);
}

Schedule read(std::string_view yaml) {
  std::vector<FieldError> faults;
  auto schedule = read(yaml, faults);
  EXPECT_TRUE(faults.empty()) << faults.front().parameter << ": " << faults.front().detail;
  return schedule;
}

TEST(TimeZone, KnowsOffsetsAndChangesOfClocks) {
  EXPECT_EQ(TimeZone::find("Nowhere/Here"), std::nullopt);
  EXPECT_EQ(TimeZone::find(""), std::nullopt);
  const auto moscow = TimeZone::find("Europe/Moscow");
  ASSERT_TRUE(moscow.has_value());
  EXPECT_EQ(moscow->to_local(utc(2026y / 7 / 1, 12h)).time_since_epoch(),
            utc(2026y / 7 / 1, 15h).time_since_epoch());
  const auto berlin = TimeZone::find("Europe/Berlin");
  ASSERT_TRUE(berlin.has_value());
  const auto local = [](year_month_day day, minutes of_day) {
    return LocalTime(utc(day, of_day).time_since_epoch());
  };
  EXPECT_EQ(berlin->to_utc(local(2026y / 1 / 1, 12h)), utc(2026y / 1 / 1, 11h));
  EXPECT_EQ(berlin->to_utc(local(2026y / 7 / 1, 12h)), utc(2026y / 7 / 1, 10h));
  // 29 March 2026: 2:00 becomes 3:00; 25 October: 3:00 becomes 2:00.
  EXPECT_EQ(berlin->to_utc(local(2026y / 3 / 29, 2h + 30min)), utc(2026y / 3 / 29, 1h + 30min));
  EXPECT_EQ(berlin->to_utc(local(2026y / 10 / 25, 2h + 30min)), utc(2026y / 10 / 25, 30min));
}

TEST(Schedule, SpreadsIntervalsByTheJitter) {
  const auto schedule = read("every: 1h\njitter: 10%\n");
  const auto from = utc(2026y / 11 / 27);
  EXPECT_EQ(next_run(schedule, {}, from, 0.5), from + 1h);
  EXPECT_EQ(next_run(schedule, {}, from, 0.0), from + 54min);
  EXPECT_EQ(next_run(schedule, 2h, from, 0.5), from + 2h);
}

TEST(Schedule, FollowsCronInItsZone) {
  const auto schedule = read("cron: \"30 4 * * *\"\ntime_zone: Europe/Moscow\njitter: 0%\n");
  EXPECT_EQ(next_run(schedule, {}, utc(2026y / 11 / 27), 0.9), utc(2026y / 11 / 27, 1h + 30min));
}

TEST(Schedule, WaitsForTheEndOfQuietHours) {
  const auto schedule = read("every: 1h\ntime_zone: Europe/Moscow\nquiet_hours: \"23:00-07:00\"\n");
  const auto evening = utc(2026y / 11 / 27, 20h + 30min);  // 23:30 there
  EXPECT_EQ(after_quiet_hours(schedule, evening), utc(2026y / 11 / 28, 4h));
  EXPECT_EQ(after_quiet_hours(schedule, utc(2026y / 11 / 28, 3h)), utc(2026y / 11 / 28, 4h));
  EXPECT_EQ(after_quiet_hours(schedule, utc(2026y / 11 / 28, 4h)), utc(2026y / 11 / 28, 4h));
  const auto midday = read("every: 1h\nquiet_hours: \"12:00-14:00\"\n");
  EXPECT_EQ(after_quiet_hours(midday, utc(2026y / 11 / 27, 13h)), utc(2026y / 11 / 27, 14h));
  EXPECT_EQ(after_quiet_hours(midday, utc(2026y / 11 / 27, 15h)), utc(2026y / 11 / 27, 15h));
}

TEST(Schedule, ComesSoonerWhereThereIsMuchNews) {
  const Adaptive adaptive{30min, 24h};
  EXPECT_EQ(adapted(adaptive, 6h, 0, 100), 9h);
  EXPECT_EQ(adapted(adaptive, 6h, 5, 100), 6h);
  EXPECT_EQ(adapted(adaptive, 6h, 50, 100), 3h);
  EXPECT_EQ(adapted(adaptive, 40min, 50, 100), 30min);
  EXPECT_EQ(adapted(adaptive, 20h, 0, 100), 24h);
}

TEST(Schedule, SaysWhatIsWrongWithItsBlock) {
  struct Case {
    std::string_view yaml;
    std::string_view key;
  };
  const Case cases[] = {{"jitter: 10%\n", "schedule.every"},
                        {"every: 1h\ncron: \"* * * * *\"\n", "schedule.every"},
                        {"every: 5\n", "schedule.every"},
                        {"cron: \"61 * * * *\"\n", "schedule.cron"},
                        {"every: 1h\ntime_zone: Mars\n", "schedule.time_zone"},
                        {"every: 1h\njitter: 60%\n", "schedule.jitter"},
                        {"every: 1h\nquiet_hours: night\n", "schedule.quiet_hours"},
                        {"every: 1h\nquiet_hours: \"07:00-07:00\"\n", "schedule.quiet_hours"},
                        {"every: 1h\nadaptive: {shortest: 2h, longest: 1h}\n", "schedule.adaptive"},
                        {"every: 1h\nadaptive: {shortest: 2h}\n", "schedule.adaptive"},
                        {"cron: \"@daily\"\nadaptive: {shortest: 1h, longest: 2h}\n", "schedule.adaptive"},
                        {"every: 1h\nsometimes: true\n", "schedule.sometimes"}};
  for (const auto& [yaml, key] : cases) {
    std::vector<FieldError> faults;
    read(yaml, faults);
    ASSERT_FALSE(faults.empty()) << yaml;
    EXPECT_EQ(faults.front().parameter, key) << yaml << faults.front().detail;
  }
}

}  // namespace
}  // namespace filmoteka::scraper
