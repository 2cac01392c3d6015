#include <filmoteka/base/time_format.hpp>

#include <metadata/core/query/parameter_values.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::int64_t> parse_whole(std::string_view text, std::int64_t min, std::int64_t max) {
  if (!is_digits(text)) return std::nullopt;
  const auto value = parse_number<std::int64_t>(text);
  return value && *value >= min && *value <= max ? value : std::nullopt;
}

std::optional<std::int32_t> parse_rating_bound(std::string_view text, bool is_lower) {
  const auto dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const std::string_view decimals = dot == std::string_view::npos ? "0" : text.substr(dot + 1);
  if (!is_digits(decimals)) return std::nullopt;
  const auto units = parse_whole(whole, 0, 10);
  if (!units) return std::nullopt;
  const bool has_more = decimals.find_first_not_of('0', 1) != std::string_view::npos;
  if (*units == 10 && decimals.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
  const auto tenths = static_cast<std::int32_t>(*units * 10 + (decimals[0] - '0'));
  return tenths + (is_lower && has_more ? 1 : 0);
}

std::optional<Timestamp> parse_time_bound(std::string_view text, bool is_lower) {
  const auto time = parse_rfc3339(text);
  constexpr std::size_t kBareDate = std::string_view("2026-11-23").size();
  if (!time || is_lower || text.size() != kBareDate) return time;
  return *time + std::chrono::days{1} - std::chrono::milliseconds{1};
}

std::optional<bool> parse_boolean(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

}  // namespace filmoteka::metadata
