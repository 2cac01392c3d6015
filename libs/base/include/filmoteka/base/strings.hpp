/// Small things with ASCII text that the standard library lacks.
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka {

/// Without ASCII white space at both ends.
std::string_view trim(std::string_view text);
/// ASCII only; other bytes stay.
std::string to_lower_ascii(std::string_view text);
bool equals_ignore_case_ascii(std::string_view a, std::string_view b);
/// The parts between separators; empty parts are kept; "" gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The whole of `text` as a number; nullopt if anything is left over, or it does not fit.
template <class Number>
requires std::integral<Number> || std::floating_point<Number> std::optional<Number> parse_number(
    std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Lets unordered containers with std::string keys be asked with a string_view without a copy.
struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

}  // namespace filmoteka
