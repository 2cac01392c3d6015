#include <filmoteka/base/strings.hpp>

#include <scraper/core/source/loose_value.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace filmoteka::scraper {
namespace {

std::string number_text(double value) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end};
}

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

std::optional<std::int64_t> whole(double value) {
  constexpr double kLimit = 9'007'199'254'740'992.0;  // 2^53: beyond, a double skips whole numbers
  if (!(std::abs(value) <= kLimit) || value != std::trunc(value)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace

bool is_empty(const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::null:
      return true;
    case boost::json::kind::string:
      return trim(value.get_string()).empty();
    case boost::json::kind::array:
      return value.get_array().empty();
    case boost::json::kind::object:
      return value.get_object().empty();
    default:
      return false;
  }
}

std::optional<std::string> scalar_text(const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::string:
      return std::string(std::string_view(value.get_string()));
    case boost::json::kind::int64:
      return std::to_string(value.get_int64());
    case boost::json::kind::uint64:
      return std::to_string(value.get_uint64());
    case boost::json::kind::double_:
      return number_text(value.get_double());
    case boost::json::kind::bool_:
      return value.get_bool() ? "true" : "false";
    default:
      return std::nullopt;
  }
}

std::optional<double> number_of(const boost::json::value& value) {
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  if (value.is_double()) return value.get_double();
  if (!value.is_string()) return std::nullopt;
  std::string text = without_groups(trim(value.get_string()));
  if (std::count(text.begin(), text.end(), ',') == 1 && text.find('.') == std::string::npos) {
    text[text.find(',')] = '.';
  }
  const auto number = parse_number<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<std::int64_t> integer_of(const boost::json::value& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_double()) return whole(value.get_double());
  if (!value.is_string()) return std::nullopt;
  return parse_number<std::int64_t>(without_groups(trim(value.get_string())));
}

}  // namespace filmoteka::scraper
