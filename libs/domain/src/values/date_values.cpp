#include "values/months.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/time_format.hpp>
#include <filmoteka/domain/text.hpp>
#include <filmoteka/domain/values.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace filmoteka::domain {
namespace {

struct Part {
  std::string_view text;
  bool is_number = false;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Runs of digits and of letters; what lies between must be one of " .,-/".
std::optional<std::vector<Part>> parts_of(std::string_view text) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < text.size();) {
    if (std::string_view(" .,-/").find(text[i]) != std::string_view::npos) {
      ++i;
      continue;
    }
    const bool number = is_digit(text[i]);
    if (!number && !is_word_byte(text[i])) return std::nullopt;
    const std::size_t start = i;
    while (i < text.size() && (number ? is_digit(text[i]) : is_word_byte(text[i]))) ++i;
    parts.push_back({text.substr(start, i - start), number});
    if (parts.size() > 4) return std::nullopt;
  }
  return parts;
}

std::optional<int> full_year(std::string_view digits) {
  const auto year = parse_number<int>(digits);
  if (!year) return std::nullopt;
  if (digits.size() == 4) return year;
  if (digits.size() != 2) return std::nullopt;
  return *year < 30 ? 2000 + *year : 1900 + *year;
}

std::optional<std::chrono::year_month_day> make_day(std::string_view year, std::optional<unsigned> month,
                                                    std::string_view day) {
  const auto y = full_year(year);
  const auto d = parse_number<unsigned>(day);
  if (!y || !month || !d || day.size() > 2) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*y}, std::chrono::month{*month},
                                         std::chrono::day{*d}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

/// 12.06.1998 is the twelfth of June; with slashes the order is told only by what can't be a month.
std::optional<std::chrono::year_month_day> day_first(std::string_view text, const std::vector<Part>& parts) {
  const auto first = parse_number<unsigned>(parts[0].text);
  const auto second = parse_number<unsigned>(parts[1].text);
  if (!first || !second) return std::nullopt;
  if (text.find('/') == std::string_view::npos || *first > 12 || *first == *second) {
    return make_day(parts[2].text, second, parts[0].text);
  }
  if (*second > 12) return make_day(parts[2].text, first, parts[1].text);
  return std::nullopt;
}

bool is_clock_after_date(std::string_view text) {
  return text.size() >= 16 && text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == ' ') &&
         text[13] == ':';
}

std::optional<Timestamp> parse_local(std::string_view text, std::chrono::minutes offset) {
  if (!is_clock_after_date(text)) return std::nullopt;
  std::string zoned(text);
  if (zoned.size() == 16) zoned += ":00";
  const auto moment = parse_rfc3339(zoned + "Z");
  if (!moment) return std::nullopt;
  return *moment - offset;
}

std::optional<Timestamp> parse_epoch(std::string_view text) {
  const auto number = parse_number<std::int64_t>(text);
  if (!number || text.size() < 9) return std::nullopt;
  const bool is_seconds = text.size() <= 11;
  if (text.size() > 14) return std::nullopt;
  return Timestamp{std::chrono::milliseconds{is_seconds ? *number * 1'000 : *number}};
}

}  // namespace

std::optional<unsigned> month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> kEnglish = {"jan", "feb", "mar", "apr", "may", "jun",
                                                         "jul", "aug", "sep", "oct", "nov", "dec"};
  constexpr std::array<std::string_view, 12> kRussian = {"янв", "фев", "мар", "апр", "ма",  "июн",
                                                         "июл", "авг", "сен", "окт", "ноя", "дек"};
  const std::string name = fold(word);
  if (name.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < 12; ++i) {
    if (name.starts_with(kEnglish[i]) || name.starts_with(kRussian[i])) return static_cast<unsigned>(i + 1);
  }
  return std::nullopt;
}

std::optional<std::chrono::year_month_day> parse_day(std::string_view text) {
  auto parts = parts_of(trim(text));
  if (!parts) return std::nullopt;
  if (parts->size() == 4 && !parts->back().is_number && fold(parts->back().text).starts_with("г")) {
    parts->pop_back();
  }
  if (parts->size() != 3 || !(*parts)[2].is_number) return std::nullopt;
  const Part& first = (*parts)[0];
  const Part& second = (*parts)[1];
  const Part& third = (*parts)[2];
  if (!first.is_number)
    return second.is_number ? make_day(third.text, month_of(first.text), second.text) : std::nullopt;
  if (!second.is_number) return make_day(third.text, month_of(second.text), first.text);
  if (first.text.size() == 4) return make_day(first.text, parse_number<unsigned>(second.text), third.text);
  return day_first(text, *parts);
}

std::optional<std::int64_t> parse_year(std::string_view text) {
  if (const auto day = parse_day(text)) return static_cast<int>(day->year());
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    const std::size_t start = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    if (i - start == 4 && text[start] != '0') return parse_number<std::int64_t>(text.substr(start, 4));
  }
  return std::nullopt;
}

std::optional<Timestamp> parse_moment(std::string_view text, std::chrono::minutes assumed_offset) {
  text = trim(text);
  if (const auto moment = parse_rfc3339(text)) return moment;
  if (const auto local = parse_local(text, assumed_offset)) return local;
  if (const auto epoch = parse_epoch(text)) return epoch;
  if (const auto moment = parse_mail_date(text)) return moment;
  if (const auto day = parse_day(text)) return Timestamp{std::chrono::sys_days{*day}};
  return std::nullopt;
}

}  // namespace filmoteka::domain
