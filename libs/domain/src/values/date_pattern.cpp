#include "values/months.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/text.hpp>
#include <filmoteka/domain/values.hpp>

#include <algorithm>
#include <string>

namespace filmoteka::domain {
namespace {

/// Takes white space off the front, no-break spaces included.
void skip_space(std::string_view& text) {
  for (;;) {
    if (text.starts_with("\u00A0")) {
      text.remove_prefix(2);
    } else if (text.starts_with("\u202F")) {
      text.remove_prefix(3);
    } else if (!text.empty() && std::string_view(" \t\r\n").find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
    } else {
      return;
    }
  }
}

class PatternReader {
 public:
  explicit PatternReader(std::string_view text) : text_(trim(text)) {}

  bool read(std::string_view pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const char sign = pattern[i];
      if (sign == ' ') {
        skip_space(text_);
      } else if (sign == '%' && i + 1 < pattern.size()) {
        if (!take(pattern[++i])) return false;
      } else if (!take_literal(sign)) {
        return false;
      }
    }
    skip_space(text_);
    return text_.empty();
  }

  std::optional<Timestamp> moment(std::chrono::minutes assumed_offset) const {
    const std::chrono::year_month_day day{std::chrono::year{year_}, std::chrono::month{month_},
                                          std::chrono::day{day_}};
    if (!has_year_ || !day.ok() || hour_ > 23 || minute_ > 59 || second_ > 60) return std::nullopt;
    const auto hour = afternoon_ ? hour_ % 12 + (*afternoon_ ? 12 : 0) : hour_;
    const Timestamp local = std::chrono::sys_days{day} + std::chrono::hours{hour} +
                            std::chrono::minutes{minute_} + std::chrono::seconds{second_};
    return local - offset_.value_or(assumed_offset);
  }

 private:
  bool take(char sign) {
    switch (sign) {
      case 'd':
        return take_number(1, 2, day_);
      case 'm':
        return take_number(1, 2, month_);
      case 'H':
        return take_number(1, 2, hour_);
      case 'M':
        return take_number(2, 2, minute_);
      case 'S':
        return take_number(2, 2, second_);
      case 'Y':
        return take_year(4);
      case 'y':
        return take_year(2);
      case 'b':
      case 'B':
        return take_month();
      case 'p':
        return take_half();
      case 'z':
        return take_zone();
      default:
        return sign == '%' && take_literal('%');
    }
  }

  bool take_literal(char sign) {
    if (!text_.starts_with(sign)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool take_number(std::size_t least, std::size_t most, unsigned& target) {
    const std::size_t count = std::min({text_.find_first_not_of("0123456789"), most, text_.size()});
    const auto number = count < least ? std::nullopt : parse_number<unsigned>(text_.substr(0, count));
    if (!number) return false;
    target = *number;
    text_.remove_prefix(count);
    return true;
  }

  bool take_year(std::size_t digits) {
    unsigned year = 0;
    if (!take_number(digits, digits, year)) return false;
    has_year_ = true;
    year_ = static_cast<int>(digits == 4 ? year : year < 30 ? 2'000 + year : 1'900 + year);
    return true;
  }

  std::string_view take_word() {
    std::size_t end = 0;
    while (end < text_.size() &&
           std::string_view("0123456789 .,:/-()").find(text_[end]) == std::string_view::npos &&
           !text_.substr(end).starts_with("\u00A0")) {
      ++end;
    }
    const std::string_view word = text_.substr(0, end);
    text_.remove_prefix(end);
    return word;
  }

  bool take_month() {
    const auto month = month_of(take_word());
    if (!month) return false;
    month_ = *month;
    // "янв." where the pattern has no dot of its own.
    if (text_.starts_with(". ")) text_.remove_prefix(1);
    return true;
  }

  bool take_half() {
    const std::string word = to_lower_ascii(text_.substr(0, 2));
    if (word != "am" && word != "pm") return false;
    afternoon_ = word == "pm";
    text_.remove_prefix(2);
    return true;
  }

  /// Z, +03:00, +0300, +03
  bool take_zone() {
    if (take_literal('Z')) {
      offset_ = std::chrono::minutes{0};
      return true;
    }
    const bool west = text_.starts_with('-');
    if (!west && !text_.starts_with('+')) return false;
    text_.remove_prefix(1);
    unsigned hours = 0;
    unsigned minutes = 0;
    if (!take_number(2, 2, hours) || hours > 14) return false;
    if (take_literal(':') || !text_.empty()) {
      if (!take_number(2, 2, minutes) || minutes > 59) return false;
    }
    offset_ = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    if (west) offset_ = -*offset_;
    return true;
  }

  std::string_view text_;
  int year_ = 0;
  bool has_year_ = false;
  unsigned month_ = 1;
  unsigned day_ = 1;
  unsigned hour_ = 0;
  unsigned minute_ = 0;
  unsigned second_ = 0;
  std::optional<bool> afternoon_;
  std::optional<std::chrono::minutes> offset_;
};

}  // namespace

std::optional<Timestamp> parse_moment_by(std::string_view text, std::string_view pattern,
                                         std::chrono::minutes assumed_offset) {
  PatternReader reader(text);
  return reader.read(pattern) ? reader.moment(assumed_offset) : std::nullopt;
}

}  // namespace filmoteka::domain
