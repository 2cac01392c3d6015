#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/format.hpp>
#include <filmoteka/domain/text.hpp>
#include <filmoteka/domain/values.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace filmoteka::domain {
namespace {

constexpr double kMaxSeconds = 1e9;

/// Without the spaces between groups of digits (plain, no-break and narrow no-break).
std::string without_groups(std::string_view text) {
  std::string digits;
  while (!text.empty()) {
    if (text.starts_with("\u00A0")) {
      text.remove_prefix(2);
    } else if (text.starts_with("\u202F")) {
      text.remove_prefix(3);
    } else {
      if (text.front() != ' ') digits += text.front();
      text.remove_prefix(1);
    }
  }
  return digits;
}

std::optional<std::int64_t> rounded(double seconds) {
  if (!(seconds >= 0 && seconds <= kMaxSeconds)) return std::nullopt;
  return std::llround(seconds);
}

/// "1:42:05", "42:05"
std::optional<std::int64_t> parse_clock(std::string_view text) {
  const auto parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  std::int64_t seconds = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto part = parse_number<std::uint16_t>(parts[i]);
    if (!part || (i > 0 && (*part > 59 || parts[i].size() != 2))) return std::nullopt;
    seconds = seconds * 60 + *part;
  }
  return seconds;
}

/// Seconds of a unit, by its folded name; 0 for an unknown one. ISO 8601's D, H, M, S are among them.
double unit_seconds(std::string_view unit) {
  constexpr std::array<std::string_view, 3> kHours = {"час", "hour", "hr"};
  constexpr std::array<std::string_view, 2> kMinutes = {"мин", "min"};
  constexpr std::array<std::string_view, 2> kSeconds = {"сек", "sec"};
  const auto begins = [&](const auto& names) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view name) { return unit.starts_with(name); });
  };
  if (unit == "h" || unit == "ч" || begins(kHours)) return 3600;
  if (unit == "m" || unit == "м" || begins(kMinutes)) return 60;
  if (unit == "s" || unit == "с" || begins(kSeconds)) return 1;
  if (unit == "ms" || unit == "мс") return 0.001;
  if (unit == "d" || unit == "д") return 86'400;
  return 0;
}

/// Numbers each followed by a unit: "1 h 42 min".
std::optional<std::int64_t> parse_units(std::string_view text) {
  double seconds = 0;
  bool any = false;
  while (!(text = trim(text)).empty()) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789.,"), text.size());
    const auto number = parse_decimal(text.substr(0, digits));
    text = trim(text.substr(digits));
    const std::size_t letters = std::min(text.find_first_of("0123456789 ,"), text.size());
    const double unit = unit_seconds(fold(text.substr(0, letters)));
    if (!number || unit == 0) return std::nullopt;
    seconds += *number * unit;
    any = true;
    text.remove_prefix(letters);
    while (text.starts_with(',')) text.remove_prefix(1);
  }
  return any ? rounded(seconds) : std::nullopt;
}

std::optional<std::int64_t> parse_iso(std::string_view text) {
  if (text.size() < 3 || (text[0] != 'P' && text[0] != 'p')) return std::nullopt;
  std::string units(text.substr(1));
  std::replace(units.begin(), units.end(), 'T', ' ');
  std::replace(units.begin(), units.end(), 't', ' ');
  return parse_units(units);
}

}  // namespace

std::optional<double> parse_decimal(std::string_view text) {
  std::string digits = without_groups(trim(text));
  if (std::count(digits.begin(), digits.end(), ',') == 1 && digits.find('.') == std::string::npos) {
    digits[digits.find(',')] = '.';
  }
  const auto number = parse_number<double>(digits);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  text = trim(text);
  if (const auto clock = parse_clock(text)) return clock;
  if (const auto number = parse_decimal(text)) return rounded(*number);
  if (const auto iso = parse_iso(text)) return iso;
  return parse_units(text);
}

std::optional<std::int32_t> parse_age(std::string_view text) {
  text = trim(text);
  if (text.ends_with('+')) {
    text = trim(text.substr(0, text.size() - 1));
  } else if (text.starts_with('+')) {
    text = trim(text.substr(1));
  }
  const auto age = parse_number<std::int32_t>(text);
  constexpr std::array<std::int32_t, 5> kAges = {0, 6, 12, 16, 18};
  if (!age || std::find(kAges.begin(), kAges.end(), *age) == kAges.end()) return std::nullopt;
  return age;
}

std::optional<RatingTenths> parse_rating(std::string_view text) {
  text = trim(text);
  double scale = 10;
  if (text.ends_with('%')) {
    scale = 100;
    text.remove_suffix(1);
  } else if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    const auto out_of = parse_decimal(text.substr(slash + 1));
    if (!out_of || !(*out_of > 0)) return std::nullopt;
    scale = *out_of;
    text = text.substr(0, slash);
  }
  const auto number = parse_decimal(text);
  return number ? rating_from(*number * 10 / scale) : std::nullopt;
}

}  // namespace filmoteka::domain
