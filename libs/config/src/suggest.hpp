/// "Did you mean …?"
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::config {

/// Edits that turn `a` into `b`: insertions, deletions, substitutions, swaps of neighbours (optimal string
/// alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// " Did you mean 'listen'?" for the candidate that is nearest to `name`, "" if none is near.
std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace filmoteka::config
