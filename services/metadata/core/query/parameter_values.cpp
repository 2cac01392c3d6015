#include <filmoteka/base/time_format.hpp>

#include <metadata/core/query/parameter_values.hpp>

#include <algorithm>
#include <numeric>

namespace filmoteka::metadata {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment distance), with
// three rows of the table.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last.back();
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

std::optional<std::string_view> nearest_name(std::string_view name,
                                             const std::vector<std::string_view>& candidates) {
  if (name.size() > 64) return std::nullopt;
  std::optional<std::string_view> nearest;
  std::size_t least = 1 + std::max<std::size_t>(1, name.size() / 3);
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace filmoteka::metadata
