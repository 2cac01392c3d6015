/// Counts, dates by a pattern and relative dates: texts as pages have them.
#include <filmoteka/base/time_format.hpp>
#include <filmoteka/domain/found_number.hpp>
#include <filmoteka/domain/values.hpp>

#include <gtest/gtest.h>

namespace filmoteka::domain {
namespace {

using std::chrono::minutes;

std::string shown(std::optional<Timestamp> moment) {
  return moment ? to_rfc3339(*moment) : "unreadable";
}

TEST(FoundNumber, reads_groups_and_fractions) {
  EXPECT_EQ(find_number("от 1 234 567 руб.")->whole, 1'234'567);
  EXPECT_EQ(find_number("1\u00A0234")->whole, 1'234);
  EXPECT_EQ(find_number("1,234,567")->whole, 1'234'567);
  EXPECT_EQ(find_number("1.234.567")->whole, 1'234'567);
  EXPECT_DOUBLE_EQ(find_number("1,234")->value, 1.234);
  EXPECT_EQ(find_number("12 3456")->whole, 12);
  EXPECT_EQ(find_number("7.5/10")->rest, "/10");
  EXPECT_EQ(find_number("t-5")->whole, -5);
  EXPECT_EQ(find_number("2019-5")->whole, 2'019);
  EXPECT_EQ(find_number("99999999999999999999")->whole, std::nullopt);
  EXPECT_FALSE(find_number("none"));
}

TEST(Counts, are_read_in_all_their_forms) {
  EXPECT_EQ(parse_count("12 345 просмотров"), 12'345);
  EXPECT_EQ(parse_count("Просмотров: 1 234 567"), 1'234'567);
  EXPECT_EQ(parse_count("1,2 млн"), 1'200'000);
  EXPECT_EQ(parse_count("12 тыс."), 12'000);
  EXPECT_EQ(parse_count("1,5 тысячи просмотров"), 1'500);
  EXPECT_EQ(parse_count("2 млрд просмотров"), 2'000'000'000);
  EXPECT_EQ(parse_count("1.2M views"), 1'200'000);
  EXPECT_EQ(parse_count("3K"), 3'000);
  EXPECT_EQ(parse_count("0"), 0);
  EXPECT_EQ(parse_count("5 минут"), 5);
  EXPECT_EQ(parse_count("-5"), std::nullopt);
  EXPECT_EQ(parse_count("нет"), std::nullopt);
  EXPECT_EQ(parse_count("99999999999 млрд"), std::nullopt);
}

TEST(MomentByPattern, reads_months_in_two_languages) {
  EXPECT_EQ(shown(parse_moment_by("14 ноября 2023", "%d %B %Y", minutes{0})), "2023-11-14T00:00:00Z");
  EXPECT_EQ(shown(parse_moment_by("14 нояб. 2023 г.", "%d %b %Y г.", minutes{0})), "2023-11-14T00:00:00Z");
  EXPECT_EQ(shown(parse_moment_by("Nov 4, 2023", "%b %d, %Y", minutes{0})), "2023-11-04T00:00:00Z");
  EXPECT_EQ(shown(parse_moment_by("4\u00A0мая\u00A02023", "%d %B %Y", minutes{0})), "2023-05-04T00:00:00Z");
  EXPECT_EQ(shown(parse_moment_by("14 ноябряя вечером 2023", "%d %B %Y", minutes{0})), "unreadable");
}

TEST(MomentByPattern, reads_times_and_zones) {
  EXPECT_EQ(shown(parse_moment_by("14.11.2023 09:05", "%d.%m.%Y %H:%M", minutes{180})),
            "2023-11-14T06:05:00Z");
  EXPECT_EQ(shown(parse_moment_by("2023-11-14T09:05:06+0300", "%Y-%m-%dT%H:%M:%S%z", minutes{0})),
            "2023-11-14T06:05:06Z");
  EXPECT_EQ(shown(parse_moment_by("14.11.23 9:05 pm", "%d.%m.%y %H:%M %p", minutes{0})),
            "2023-11-14T21:05:00Z");
  EXPECT_EQ(shown(parse_moment_by("12:30 AM 14.11.2023", "%H:%M %p %d.%m.%Y", minutes{0})),
            "2023-11-14T00:30:00Z");
  EXPECT_EQ(shown(parse_moment_by("2023", "%Y", minutes{0})), "2023-01-01T00:00:00Z");
  EXPECT_EQ(shown(parse_moment_by("100% 2023", "100%% %Y", minutes{0})), "2023-01-01T00:00:00Z");
}

TEST(MomentByPattern, refuses_what_does_not_fit) {
  for (const char* text :
       {"31.02.2023", "14.13.2023", "14.11.2023 25:00", "14.11", "14.11.2023 and more", ""}) {
    EXPECT_EQ(shown(parse_moment_by(text, "%d.%m.%Y", minutes{0})), "unreadable") << text;
  }
  EXPECT_EQ(shown(parse_moment_by("14.11", "%d.%m", minutes{0})), "unreadable");
  EXPECT_EQ(shown(parse_moment_by("14.11.2023", "%d.%m.%Y%", minutes{0})), "unreadable");
}

class RelativeMoment : public testing::Test {
 protected:
  /// Seen on 31 March 2024 at 22:15 UTC, which is 1 April, 01:15, in Moscow.
  static std::string at(std::string_view text) {
    return shown(parse_relative_moment(text, *parse_rfc3339("2024-03-31T22:15:00Z"), minutes{180}));
  }
};

TEST_F(RelativeMoment, counts_back) {
  EXPECT_EQ(at("3 дня назад"), "2024-03-28T22:15:00Z");
  EXPECT_EQ(at("час назад"), "2024-03-31T21:15:00Z");
  EXPECT_EQ(at("полчаса назад"), "2024-03-31T21:45:00Z");
  EXPECT_EQ(at("2 недели назад"), "2024-03-17T22:15:00Z");
  EXPECT_EQ(at("5 мин. назад"), "2024-03-31T22:10:00Z");
  EXPECT_EQ(at("1 день и 2 часа назад"), "2024-03-30T20:15:00Z");
  EXPECT_EQ(at("a week ago"), "2024-03-24T22:15:00Z");
  EXPECT_EQ(at("An hour ago"), "2024-03-31T21:15:00Z");
  EXPECT_EQ(at("45 seconds ago"), "2024-03-31T22:14:15Z");
  EXPECT_EQ(at("только что"), "2024-03-31T22:15:00Z");
}

TEST_F(RelativeMoment, counts_months_and_years_by_the_calendar) {
  EXPECT_EQ(at("месяц назад"), "2024-02-29T22:15:00Z");
  EXPECT_EQ(at("2 года назад"), "2022-03-31T22:15:00Z");
  EXPECT_EQ(at("5 лет назад"), "2019-03-31T22:15:00Z");
  EXPECT_EQ(at("a month ago"), "2024-02-29T22:15:00Z");
  // 31 May less three months: there is no 31 February.
  EXPECT_EQ(shown(parse_relative_moment("3 months ago", *parse_rfc3339("2023-05-31T12:00:00Z"), minutes{0})),
            "2023-02-28T12:00:00Z");
}

TEST_F(RelativeMoment, names_days_of_the_sources_clock) {
  EXPECT_EQ(at("сегодня"), "2024-03-31T21:00:00Z");
  EXPECT_EQ(at("сегодня, 00:40"), "2024-03-31T21:40:00Z");
  EXPECT_EQ(at("вчера в 12:30"), "2024-03-31T09:30:00Z");
  EXPECT_EQ(at("Позавчера"), "2024-03-29T21:00:00Z");
  EXPECT_EQ(at("yesterday at 9:05"), "2024-03-31T06:05:00Z");
}

TEST_F(RelativeMoment, refuses_other_texts) {
  for (const char* text : {"", "назад", "3 назад", "14.11.2023", "вчера 25:00", "3 слона назад",
                           "3 4 дня назад", "дня", "в прошлом веке", "вчера в 12:30 и потом"}) {
    EXPECT_EQ(at(text), "unreadable") << text;
  }
}

}  // namespace
}  // namespace filmoteka::domain
