#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/found_number.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace filmoteka::domain {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digits_at(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

bool is_group_behind(std::string_view text, std::string_view sign) {
  return text.starts_with(sign) && digits_at(text.substr(sign.size())) == 3;
}

/// What parts the digits of a number in groups, seen from behind its first group; empty if nothing does.
std::string_view group_sign(std::string_view text) {
  for (const std::string_view sign : {" ", "\u00A0", "\u202F", "'"}) {
    if (is_group_behind(text, sign)) return sign;
  }
  // A single one may as well begin a fraction: "1,234,567" has groups, "1,234" has not.
  for (const std::string_view sign : {",", "."}) {
    if (is_group_behind(text, sign) && is_group_behind(text.substr(4), sign)) return sign;
  }
  return {};
}

/// The digits of a whole number, its groups put together; takes them off `text`.
std::string take_whole(std::string_view& text) {
  const std::size_t first = digits_at(text);
  std::string digits(text.substr(0, first));
  text.remove_prefix(first);
  if (first > 3) return digits;
  const std::string_view sign = group_sign(text);
  while (!sign.empty() && is_group_behind(text, sign)) {
    digits.append(text.substr(sign.size(), 3));
    text.remove_prefix(sign.size() + 3);
  }
  return digits;
}

}  // namespace

std::optional<FoundNumber> find_number(std::string_view text) {
  const std::size_t start = text.find_first_of("0123456789");
  if (start == std::string_view::npos) return std::nullopt;
  const bool minus = start > 0 && text[start - 1] == '-' && (start == 1 || !is_digit(text[start - 2]));
  text.remove_prefix(start);
  std::string digits = (minus ? "-" : "") + take_whole(text);
  FoundNumber found;
  const bool has_fraction = text.size() > 1 && (text[0] == '.' || text[0] == ',') && is_digit(text[1]);
  if (has_fraction) {
    const std::size_t count = digits_at(text.substr(1));
    digits.append(".").append(text.substr(1, count));
    text.remove_prefix(1 + count);
  } else {
    found.whole = parse_number<std::int64_t>(digits);
  }
  const auto value = parse_number<double>(digits);
  if (!value || !std::isfinite(*value)) return std::nullopt;
  found.value = *value;
  found.rest = text;
  return found;
}

}  // namespace filmoteka::domain
