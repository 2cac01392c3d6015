#include <filmoteka/base/strings.hpp>

#include <scraper/core/schedule/cron.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::scraper {

namespace {

using namespace std::chrono;

/// Every date comes again within the cycle of leap years, 2000 to 2400 left aside.
constexpr int kLongestSearchDays = 8 * 366 + 1;

struct Field {
  std::string_view name;
  unsigned low;
  unsigned high;
  std::string_view names;  ///< three letters each, from `low`; empty: none
};
constexpr std::array<Field, 5> kFields = {{{"minute", 0, 59, {}},
                                           {"hour", 0, 23, {}},
                                           {"day of the month", 1, 31, {}},
                                           {"month", 1, 12, "janfebmaraprmayjunjulaugsepoctnovdec"},
                                           {"day of the week", 0, 7, "sunmontuewedthufrisat"}}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kShort = {{{"@hourly", "0 * * * *"},
                                                                                  {"@daily", "0 0 * * *"},
                                                                                  {"@weekly", "0 0 * * 0"},
                                                                                  {"@monthly", "0 0 1 * *"},
                                                                                  {"@yearly", "0 0 1 1 *"}}};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> words(std::string_view text) {
  auto parts = split(text, ' ');
  std::erase(parts, std::string_view{});
  return parts;
}

std::optional<unsigned> number_in(const Field& field, std::string_view text) {
  if (text.size() == 3 && !field.names.empty()) {
    const auto place = field.names.find(to_lower_ascii(text));
    if (place != std::string_view::npos && place % 3 == 0)
      return static_cast<unsigned>(place / 3) + field.low;
  }
  const auto number = parse_number<unsigned>(text);
  if (!number || *number < field.low || *number > field.high) return std::nullopt;
  return number;
}

/// "*", "3", "1-5", with "/2" behind.
bool add_range(const Field& field, std::string_view text, std::bitset<60>& chosen) {
  unsigned step = 1;
  const auto slash = text.find('/');
  if (slash != std::string_view::npos) {
    const auto given = parse_number<unsigned>(text.substr(slash + 1));
    if (!given || *given == 0) return false;
    step = *given;
    text = text.substr(0, slash);
  }
  auto low = std::optional(field.low);
  auto high = std::optional(field.high);
  if (text != "*") {
    const auto dash = text.find('-');
    low = number_in(field, text.substr(0, dash));
    if (dash != std::string_view::npos)
      high = number_in(field, text.substr(dash + 1));
    else if (slash == std::string_view::npos)
      high = low;
  }
  if (!low || !high || *low > *high) return false;
  for (unsigned value = *low; value <= *high; value += step) chosen.set(value);
  return true;
}

Result<std::bitset<60>> read_field(const Field& field, std::string_view text) {
  std::bitset<60> chosen;
  for (const auto part : split(text, ','))
    if (!add_range(field, part, chosen))
      return invalid_argument("the " + std::string(field.name) + " '" + std::string(text) +
                              "' must be made of numbers from " + std::to_string(field.low) + " to " +
                              std::to_string(field.high) + ", ranges, steps or *");
  return chosen;
}

template <std::size_t Size>
void copy(const std::bitset<60>& from, std::bitset<Size>& to) {
  for (std::size_t i = 0; i < Size; ++i) to[i] = from[i];
}

}  // namespace

Result<Cron> Cron::parse(std::string_view text) {
  const auto* shorthand =
      std::find_if(kShort.begin(), kShort.end(), [text](const auto& entry) { return entry.first == text; });
  const auto fields = words(shorthand == kShort.end() ? text : shorthand->second);
  if (fields.size() != kFields.size())
    return invalid_argument("must have five fields: minute, hour, day of the month, month, day of the week");
  std::array<std::bitset<60>, kFields.size()> chosen;
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    FILMOTEKA_TRY(chosen[i], read_field(kFields[i], fields[i]));
  }
  if (chosen[4][7]) chosen[4].set(0);
  Cron cron;
  cron.text_ = text;
  copy(chosen[0], cron.minutes_);
  copy(chosen[1], cron.hours_);
  copy(chosen[2], cron.days_);
  copy(chosen[3], cron.months_);
  copy(chosen[4], cron.weekdays_);
  cron.any_day_ = fields[2].starts_with('*');
  cron.any_weekday_ = fields[4].starts_with('*');
  if (!cron.search(LocalTime(sys_days(2000y / 1 / 1).time_since_epoch())))
    return invalid_argument("is a date that never comes");
  return cron;
}

bool Cron::fits(year_month_day day) const {
  if (!months_[unsigned(day.month())]) return false;
  const bool fits_day = days_[unsigned(day.day())];
  const bool fits_weekday = weekdays_[weekday(sys_days(day)).c_encoding()];
  if (any_day_ || any_weekday_) return fits_day && fits_weekday;
  return fits_day || fits_weekday;
}

std::optional<LocalTime> Cron::search(LocalTime from) const {
  const auto first = floor<minutes>(from) + 1min;
  auto day = floor<days>(first);
  auto minute = static_cast<std::size_t>((first - day).count());
  for (int i = 0; i < kLongestSearchDays; ++i, day += days(1), minute = 0) {
    if (!fits(year_month_day(sys_days(day.time_since_epoch())))) continue;
    for (; minute < 24 * 60; ++minute)
      if (hours_[minute / 60] && minutes_[minute % 60]) return LocalTime(day) + std::chrono::minutes(minute);
  }
  return std::nullopt;
}

LocalTime Cron::next(LocalTime from) const {
  // parse() has refused what never comes.
  return search(from).value_or(LocalTime::max());
}

}  // namespace filmoteka::scraper
