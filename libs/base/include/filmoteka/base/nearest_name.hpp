/// "Did you mean …?"
#pragma once

#include <cstddef>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>

namespace filmoteka {

/// Edits that turn `a` into `b`: insertions, deletions, substitutions, swaps of neighbours, each byte edited
/// at most once (optimal string alignment distance).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// How many edits still make a slip of a name this long: at least 2, a quarter of it; 0 for a name that is
/// too long to be worth the time.
std::size_t slip_limit(std::size_t length);

/// The first of the names that are nearest to `name`, if it may be a slip of it. A candidate that would share
/// nothing with it, however short both are, is none.
template <std::ranges::forward_range Names>
std::optional<std::string_view> nearest_name(std::string_view name, const Names& candidates) {
  std::optional<std::string_view> nearest;
  std::size_t least = slip_limit(name.size()) + 1;
  if (least == 1) return nearest;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < least && distance < candidate.size()) {
      nearest = candidate;
      least = distance;
    }
  }
  return nearest;
}

/// " Did you mean 'listen'?", or "" when none is near.
template <std::ranges::forward_range Names>
std::string did_you_mean(std::string_view name, const Names& candidates) {
  const auto nearest = nearest_name(name, candidates);
  return nearest ? " Did you mean '" + std::string(*nearest) + "'?" : "";
}

}  // namespace filmoteka
