#include <filmoteka/base/strings.hpp>
#include <filmoteka/domain/found_number.hpp>
#include <filmoteka/domain/text.hpp>
#include <filmoteka/domain/values.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace filmoteka::domain {
namespace {

/// What the word behind a number multiplies it by: "1,2 млн".
double multiplier_of(std::string_view rest) {
  constexpr std::array<std::pair<std::string_view, double>, 6> kBeginnings = {
      {{"тыс", 1e3}, {"миллион", 1e6}, {"млн", 1e6}, {"миллиард", 1e9}, {"млрд", 1e9}, {"thousand", 1e3}}};
  constexpr std::array<std::pair<std::string_view, double>, 9> kWords = {{{"k", 1e3},
                                                                          {"к", 1e3},
                                                                          {"т", 1e3},
                                                                          {"m", 1e6},
                                                                          {"mln", 1e6},
                                                                          {"million", 1e6},
                                                                          {"b", 1e9},
                                                                          {"bn", 1e9},
                                                                          {"billion", 1e9}}};
  rest = trim(rest);
  while (rest.starts_with("\u00A0")) rest = trim(rest.substr(2));
  const std::string word = fold(rest.substr(0, rest.find_first_of(" .,;:()\t\n")));
  for (const auto& [beginning, factor] : kBeginnings) {
    if (word.starts_with(beginning)) return factor;
  }
  const auto* known =
      std::find_if(kWords.begin(), kWords.end(), [&](const auto& entry) { return entry.first == word; });
  return known == kWords.end() ? 1 : known->second;
}

}  // namespace

std::optional<std::int64_t> parse_count(std::string_view text) {
  constexpr double kMost = 9e15;
  const auto number = find_number(text);
  if (!number || number->value < 0) return std::nullopt;
  const double factor = multiplier_of(number->rest);
  if (factor == 1 && number->whole) return number->whole;
  const double count = number->value * factor;
  return count <= kMost ? std::optional<std::int64_t>(std::llround(count)) : std::nullopt;
}

}  // namespace filmoteka::domain
