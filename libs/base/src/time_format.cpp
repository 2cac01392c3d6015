#include <filmoteka/base/time_format.hpp>

#include <array>
#include <cctype>
#include <cstdint>
#include <cstdio>

namespace filmoteka {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct CivilTime {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> time;
  unsigned weekday;
};

CivilTime to_civil(Timestamp time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  return {std::chrono::year_month_day{days}, std::chrono::hh_mm_ss{time - days},
          std::chrono::weekday{days}.c_encoding()};
}

/// Takes exactly `digits` decimal digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

std::optional<std::chrono::sys_days> make_date(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

/// "hh:mm:ss"; a leap second is read as the second before it.
std::optional<std::chrono::seconds> take_clock(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ":")) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || !take(text, ":")) return std::nullopt;
  const auto second = take_number(text, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{std::min(*second, 59)};
}

/// ".25" and so on: to the millisecond, further digits are cut.
std::optional<std::chrono::milliseconds> take_fraction(std::string_view& text) {
  if (!take(text, ".")) return std::chrono::milliseconds{0};
  int value = 0;
  std::size_t digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (digits < 3) value = value * 10 + (text.front() - '0');
    ++digits;
    text.remove_prefix(1);
  }
  if (digits == 0 || digits > 12) return std::nullopt;
  for (; digits < 3; ++digits) value *= 10;
  return std::chrono::milliseconds{value};
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
  if (take(text, "Z") || take(text, "z")) return std::chrono::minutes{0};
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = take_number(text, 2);
  if (!hours || !take(text, ":")) return std::nullopt;
  const auto minutes = take_number(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (std::chrono::hours{*hours} + std::chrono::minutes{*minutes});
}

}  // namespace

std::string to_rfc3339(Timestamp time) {
  const CivilTime civil = to_civil(time);
  const auto milliseconds = static_cast<unsigned>(civil.time.subseconds().count());
  std::string text = "0000-00-00T00:00:00.000Z";
  const auto put = [&text](std::size_t at, std::size_t digits, unsigned value) {
    for (; digits > 0; value /= 10) text[at + --digits] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, static_cast<unsigned>(static_cast<int>(civil.date.year())));
  put(5, 2, static_cast<unsigned>(civil.date.month()));
  put(8, 2, static_cast<unsigned>(civil.date.day()));
  put(11, 2, static_cast<unsigned>(civil.time.hours().count()));
  put(14, 2, static_cast<unsigned>(civil.time.minutes().count()));
  put(17, 2, static_cast<unsigned>(civil.time.seconds().count()));
  if (milliseconds == 0) return text.erase(19, 4);
  put(20, 3, milliseconds);
  return text;
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, "-")) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take(text, "-")) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day) return std::nullopt;
  const auto date = make_date(*year, *month, *day);
  if (!date) return std::nullopt;
  if (text.empty()) return Timestamp{*date};
  if (!take(text, "T") && !take(text, "t") && !take(text, " ")) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return Timestamp{*date} + *clock + *fraction - *offset;
}

std::string to_http_date(Timestamp time) {
  const CivilTime civil = to_civil(time);
  std::array<char, 40> buffer{};
  const int length = std::snprintf(
      buffer.data(), buffer.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT", kWeekdays[civil.weekday].data(),
      static_cast<unsigned>(civil.date.day()), kMonths[static_cast<unsigned>(civil.date.month()) - 1].data(),
      static_cast<int>(civil.date.year()), static_cast<int>(civil.time.hours().count()),
      static_cast<int>(civil.time.minutes().count()), static_cast<int>(civil.time.seconds().count()));
  return {buffer.data(), static_cast<std::size_t>(length)};
}

std::optional<Timestamp> parse_http_date(std::string_view text) {
  if (text.size() != 29) return std::nullopt;
  text.remove_prefix(3);
  if (!take(text, ", ")) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day || !take(text, " ")) return std::nullopt;
  int month = 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (text.starts_with(kMonths[i])) month = static_cast<int>(i) + 1;
  }
  if (month == 0) return std::nullopt;
  text.remove_prefix(3);
  if (!take(text, " ")) return std::nullopt;
  const auto year = take_number(text, 4);
  if (!year || !take(text, " ")) return std::nullopt;
  const auto date = make_date(*year, month, *day);
  const auto clock = take_clock(text);
  if (!date || !clock || text != " GMT") return std::nullopt;
  return Timestamp{*date} + *clock;
}

}  // namespace filmoteka
