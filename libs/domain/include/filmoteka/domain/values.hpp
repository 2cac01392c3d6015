/// Years, dates, durations, ages and ratings as sources write them. Pure; nullopt for what can't be read.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/domain/movie.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace filmoteka::domain {

/// "1998", "1998-06-12", "Jun 12 1998", "12-Jun-98", "c. 1998", "1998–2003" (the first). No bounds but four
/// digits from 1000 on.
std::optional<std::int64_t> parse_year(std::string_view text);

/// A day: "1998-06-12", "1998/06/12", "12.06.1998", "12-06-1998", "Jun 12 1998", "June 12, 1998", "12 June
/// 1998", "12-Jun-98", "12 июня 1998 г.". Two-digit years below 30 are of this century. "06/12/1998" is read
/// only if one of the two can't be a month.
std::optional<std::chrono::year_month_day> parse_day(std::string_view text);

/// A moment: RFC 3339; ISO 8601 without a zone ("2024-04-13T16:08:34", "2024-04-13 16:08"), taken for local
/// time at `assumed_offset`; seconds or milliseconds since 1970; parse_mail_date(); any day of parse_day()
/// (midnight UTC).
std::optional<Timestamp> parse_moment(std::string_view text, std::chrono::minutes assumed_offset);

/// A date of mail and RSS (RFC 5322, 3.3), the day of the week left out or not: "Tue, 03 Sep 2024 04:05:58
/// +0300", "3 Sep 2024 04:05 GMT".
std::optional<Timestamp> parse_mail_date(std::string_view text);

/// A moment by a pattern with %d %m %Y %y %H %M %S %b %B %p %z %% as strptime(3) has them, months in Russian
/// and English; white space stands for any, the whole text must fit. What the pattern lacks is the first of
/// its kind, a year it must have. Without %z it is local time at `assumed_offset`.
std::optional<Timestamp> parse_moment_by(std::string_view text, std::string_view pattern,
                                         std::chrono::minutes assumed_offset);

/// "3 дня назад", "час назад", "вчера в 12:30", "сегодня", "2 weeks ago", "yesterday at 9:05", "только что".
/// Days begin at midnight of a clock at `assumed_offset`; without a time they are that midnight.
std::optional<Timestamp> parse_relative_moment(std::string_view text, Timestamp now,
                                               std::chrono::minutes assumed_offset);

/// "12 345 просмотров", "1,2 млн", "1.2M", "3K", "12 тыс.". Never negative.
std::optional<std::int64_t> parse_count(std::string_view text);

/// Seconds: "1:42:05", "42:05", "PT1H42M5S", "102 min", "1 ч 42 мин", "1h42m", "6125000 ms", "6125"
/// (seconds).
std::optional<std::int64_t> parse_duration(std::string_view text);

/// A text that is nothing but a number: "7.5", "7,5", "1 234.5" (spaces of any kind between groups).
std::optional<double> parse_decimal(std::string_view text);

/// "16+", "+16", "16", "0+" → 0, 6, 12, 16 or 18 and nothing else.
std::optional<std::int32_t> parse_age(std::string_view text);

/// "7.3", "7,3", "7.3/10", "3.5/5", "73%".
std::optional<RatingTenths> parse_rating(std::string_view text);

}  // namespace filmoteka::domain
