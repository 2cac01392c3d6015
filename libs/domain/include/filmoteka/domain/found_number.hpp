/// Numbers inside texts, as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace filmoteka::domain {

struct FoundNumber {
  double value = 0;
  std::optional<std::int64_t> whole;  ///< exact, where it has no fraction and fits
  std::string_view rest;              ///< of the text, behind the number
};

/// The first number in a text: "от 1 234,5 руб." → 1234.5. Groups of three digits by spaces, apostrophes,
/// several commas or several dots; a single comma or dot begins the fraction. A minus counts only directly in
/// front.
std::optional<FoundNumber> find_number(std::string_view text);

}  // namespace filmoteka::domain
