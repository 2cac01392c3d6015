#include "script.hpp"
#include "spelling.hpp"

#include <filmoteka/base/utf8.hpp>
#include <filmoteka/language/transliteration.hpp>

#include <algorithm>

namespace filmoteka::language {
namespace {

constexpr std::size_t kLongest = 40;  // characters

bool ends_with_one_of(std::string_view text, std::string_view endings) {
  while (!endings.empty()) {
    const std::string_view ending = endings.substr(0, endings.find(' '));
    if (text.ends_with(ending)) return true;
    endings.remove_prefix(std::min(ending.size() + 1, endings.size()));
  }
  return false;
}

/// Latin spellings drop the soft sign: "lyubov" is "любовь".
void add_soft_signs(std::vector<Spelling>& spellings) {
  const std::size_t plain = spellings.size();
  for (std::size_t i = 0; i < plain; ++i) {
    const bool often = ends_with_one_of(spellings[i].text, "в д ж л н р т ч ш щ");
    if (!often && !ends_with_one_of(spellings[i].text, "б з м п с")) continue;
    spellings.push_back({spellings[i].text + "ь", spellings[i].cost + (often ? 5 : 8)});
  }
}

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}
bool is_latin_consonant(char c) {
  return c >= 'a' && c <= 'z' && !is_vowel(c);
}

/// English says a diphthong where a silent e follows: "тайм" is "time". `word` is the Cyrillic one.
void add_silent_e(std::string_view word, std::vector<Spelling>& spellings) {
  constexpr std::size_t kLetter = 2;  // bytes
  const std::string_view before = word.substr(0, word.size() - std::min(word.size(), kLetter));
  const Cost cost = ends_with_one_of(before, "ай ей эй оу ю ью") ? 1 : 7;
  const std::size_t plain = spellings.size();
  for (std::size_t i = 0; i < plain; ++i) {
    const std::string& text = spellings[i].text;
    const std::size_t size = text.size();
    if (size < 3 || !is_latin_consonant(text[size - 1]) || !is_vowel(text[size - 2])) continue;
    if (is_vowel(text[size - 3])) continue;
    spellings.push_back({text + "e", spellings[i].cost + cost});
  }
}

}  // namespace

std::vector<std::string> transliterations(std::string_view folded_word) {
  const Script script = script_of(folded_word);
  std::vector<Spelling> spellings;
  if (script != Script::kLatin && script != Script::kCyrillic) return {};
  if (utf8_length(folded_word) > kLongest) return {};
  if (script == Script::kLatin) {
    spellings = spell(folded_word, latin_to_cyrillic());
    add_soft_signs(spellings);
  } else {
    spellings = spell(folded_word, cyrillic_to_latin());
    add_silent_e(folded_word, spellings);
  }
  keep_best(spellings, kMostTransliterations);
  std::vector<std::string> result;
  result.reserve(spellings.size());
  for (Spelling& spelling : spellings) {
    if (!spelling.text.empty()) result.push_back(std::move(spelling.text));
  }
  return result;
}

}  // namespace filmoteka::language
