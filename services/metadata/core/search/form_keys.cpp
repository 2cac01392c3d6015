#include <filmoteka/base/utf8.hpp>

#include <metadata/core/search/form_keys.hpp>

#include <algorithm>
#include <string>

namespace filmoteka::metadata {
namespace {

// FNV-1a with a last mix, so that the kinds keep apart in all bits.
FormKey key_of(char kind, std::string_view text) {
  std::uint64_t hash = 14695981039346656037U ^ static_cast<unsigned char>(kind);
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return (hash ^ (hash >> 29)) * 0xbf58'476d'1ce4'e5b9U;
}

bool is_number(std::string_view word) {
  return !word.empty() && word.size() <= 4 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Stems of short words say nothing: "мать" and "мат" have one.
constexpr std::size_t kShortestStemmed = 4;  // letters

}  // namespace

int roman_number(std::string_view word) {
  constexpr std::string_view kOnes[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
  int tens = 0;
  while (tens < 3 && word.starts_with('x')) {
    word.remove_prefix(1);
    ++tens;
  }
  const auto found = std::find(std::begin(kOnes), std::end(kOnes), word);
  if (found == std::end(kOnes)) return 0;
  const int number = tens * 10 + static_cast<int>(found - std::begin(kOnes));
  return number >= 2 ? number : 0;
}

std::vector<FormKey> FormKeys::of(std::string_view word) {
  std::vector<FormKey> keys;
  if (is_number(word)) {
    keys.push_back(key_of('n', word));
    return keys;
  }
  for (const std::string& lemma : morphology_.lemmas(word)) {
    keys.push_back(key_of('l', lemma));
  }
  if (utf8_length(word) >= kShortestStemmed) keys.push_back(key_of('s', stemmer_.stem(word)));
  if (const int number = roman_number(word); number != 0) {
    keys.push_back(key_of('n', std::to_string(number)));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace filmoteka::metadata
