#include <filmoteka/base/utf8.hpp>
#include <filmoteka/http/query.hpp>

#include <gateway/core/request/parameters.hpp>

#include <algorithm>
#include <numeric>
#include <vector>

namespace filmoteka::gateway {
namespace {

/// Longer names are not worth guessing at, and must not cost time.
constexpr std::size_t kLongestName = 40;

/// Levenshtein's distance, by rows.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

FieldError unknown_parameter(const std::string& name, std::span<const std::string_view> allowed) {
  std::string detail = "There is no such parameter here.";
  if (const auto meant = did_you_mean(name, allowed); !meant.empty()) {
    detail += " Did you mean \"" + std::string(meant) + "\"?";
  } else if (allowed.empty()) {
    detail += " This address takes none.";
  }
  return {std::string(utf8_prefix(name, kLongestName)), "", std::move(detail)};
}

}  // namespace

std::string_view did_you_mean(std::string_view unknown, std::span<const std::string_view> known) {
  std::string_view best;
  std::size_t best_distance = 3;
  if (unknown.size() > kLongestName) return best;
  for (const std::string_view name : known) {
    const std::size_t distance = edit_distance(unknown, name);
    // A name that shares nothing with the other is no misspelling of it, however short both are.
    if (distance < best_distance && distance < name.size()) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

Result<std::string> normal_query(std::string_view query, std::span<const std::string_view> allowed) {
  if (query.empty()) return std::string{};
  FILMOTEKA_TRY(const auto parameters, http::parse_query(query));
  std::vector<FieldError> unknown;
  for (const auto& [name, value] : parameters) {
    if (std::ranges::find(allowed, name) == allowed.end())
      unknown.push_back(unknown_parameter(name, allowed));
  }
  if (!unknown.empty()) return invalid_argument("Unknown query parameter.", std::move(unknown));

  std::string normal;
  for (const std::string_view name : allowed) {
    for (const auto& [given, value] : parameters) {
      if (given != name) continue;
      if (!normal.empty()) normal += '&';
      normal.append(name).append(1, '=').append(http::encode_component(value));
    }
  }
  return normal;
}

}  // namespace filmoteka::gateway
