#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/time_format.hpp>

#include <gateway/core/http_caching/http_time.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::gateway {
namespace {

using std::chrono::sys_seconds;

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<sys_seconds> build(int year, std::string_view month_name, std::string_view day_text,
                                 std::string_view clock) {
  const auto month = std::ranges::find(kMonths, month_name);
  const auto day = parse_number<unsigned>(trim(day_text));
  if (month == kMonths.end() || !day || clock.size() != 8 || clock[2] != ':' || clock[5] != ':') {
    return std::nullopt;
  }
  const auto hour = parse_number<unsigned>(clock.substr(0, 2));
  const auto minute = parse_number<unsigned>(clock.substr(3, 2));
  const auto second = parse_number<unsigned>(clock.substr(6, 2));
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(unsigned(month - kMonths.begin()) + 1),
                                         std::chrono::day(*day)};
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60 || !date.ok()) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

int this_year(sys_seconds now) {
  return int(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)).year());
}

/// "06-Nov-94 08:49:37 GMT", what comes behind the name of the day.
std::optional<sys_seconds> parse_rfc850(std::string_view text, sys_seconds now) {
  if (text.size() != 22 || text[2] != '-' || text[6] != '-' || text[9] != ' ' || !text.ends_with(" GMT")) {
    return std::nullopt;
  }
  const auto short_year = parse_number<int>(text.substr(7, 2));
  if (!short_year || *short_year < 0) return std::nullopt;
  int year = this_year(now) / 100 * 100 + *short_year;
  if (year > this_year(now) + 50) year -= 100;
  return build(year, text.substr(3, 3), text.substr(0, 2), text.substr(10, 8));
}

/// "Sun Nov  6 08:49:37 1994".
std::optional<sys_seconds> parse_asctime(std::string_view text) {
  if (text.size() != 24 || text[3] != ' ' || text[7] != ' ' || text[10] != ' ' || text[19] != ' ') {
    return std::nullopt;
  }
  const auto year = parse_number<int>(text.substr(20));
  if (!year) return std::nullopt;
  return build(*year, text.substr(4, 3), text.substr(8, 2), text.substr(11, 8));
}

}  // namespace

std::optional<sys_seconds> parse_field_date(std::string_view text, sys_seconds now) {
  text = trim(text);
  if (const auto modern = parse_http_date(text)) return std::chrono::floor<std::chrono::seconds>(*modern);
  const std::size_t comma = text.find(", ");
  return comma == std::string_view::npos ? parse_asctime(text) : parse_rfc850(text.substr(comma + 2), now);
}

}  // namespace filmoteka::gateway
