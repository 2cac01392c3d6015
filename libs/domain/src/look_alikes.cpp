#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/look_alikes.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace filmoteka::domain {
namespace {

/// Cyrillic letter, Latin letter: only pairs that look the same in every typeface.
constexpr auto kPairs = std::to_array<std::pair<char32_t, char32_t>>(
    {{U'А', U'A'}, {U'В', U'B'}, {U'Е', U'E'}, {U'К', U'K'}, {U'М', U'M'}, {U'Н', U'H'},
     {U'О', U'O'}, {U'Р', U'P'}, {U'С', U'C'}, {U'Т', U'T'}, {U'Х', U'X'}, {U'І', U'I'},
     {U'Ј', U'J'}, {U'Ѕ', U'S'}, {U'а', U'a'}, {U'е', U'e'}, {U'о', U'o'}, {U'р', U'p'},
     {U'с', U'c'}, {U'у', U'y'}, {U'х', U'x'}, {U'і', U'i'}, {U'ј', U'j'}, {U'ѕ', U's'}});

bool is_latin(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
         (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c <= 0x52F;
}

char32_t latin_twin(char32_t cyrillic) {
  const auto* found =
      std::find_if(kPairs.begin(), kPairs.end(), [&](auto pair) { return pair.first == cyrillic; });
  return found == kPairs.end() ? 0 : found->second;
}

char32_t cyrillic_twin(char32_t latin) {
  const auto* found =
      std::find_if(kPairs.begin(), kPairs.end(), [&](auto pair) { return pair.second == latin; });
  return found == kPairs.end() ? 0 : found->first;
}

/// What letters a word has.
struct Mix {
  bool latin = false;
  bool cyrillic = false;
  bool only_latin = false;     ///< a Latin letter without a Cyrillic twin
  bool only_cyrillic = false;  ///< the other way round

  void count(char32_t c) {
    if (is_latin(c)) {
      latin = true;
      only_latin |= cyrillic_twin(c) == 0;
    } else {
      cyrillic = true;
      only_cyrillic |= latin_twin(c) == 0;
    }
  }
  bool is_repairable() const { return latin && cyrillic && only_latin != only_cyrillic; }
};

void append_word(std::string& out, std::u32string_view word) {
  Mix mix;
  for (const char32_t c : word) mix.count(c);
  for (const char32_t c : word) {
    char32_t twin = 0;
    if (mix.is_repairable()) twin = mix.only_latin ? latin_twin(c) : cyrillic_twin(c);
    const bool is_foreign = mix.only_latin ? is_cyrillic(c) : is_latin(c);
    append_utf8(out, twin != 0 && is_foreign ? twin : c);
  }
}

}  // namespace

std::string fix_look_alikes(std::string_view text) {
  const bool ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii || !is_valid_utf8(text)) return std::string(text);
  std::string fixed;
  fixed.reserve(text.size());
  std::u32string word;
  for (std::string_view rest = text; !rest.empty();) {
    const char32_t c = take_code_point(rest);
    if (is_latin(c) || is_cyrillic(c)) {
      word += c;
      continue;
    }
    append_word(fixed, word);
    word.clear();
    append_utf8(fixed, c);
  }
  append_word(fixed, word);
  return fixed;
}

}  // namespace filmoteka::domain
