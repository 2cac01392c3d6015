#include "same_film/homoglyphs.hpp"

#include <filmoteka/base/utf8.hpp>

#include <algorithm>

namespace filmoteka::domain {
namespace {

// Lower-case forms of the pairs that look alike as capitals: АВЕКМНОРСТУХ and ABEKMHOPCTYX.
constexpr std::u32string_view kCyrillic = U"авекмнорстух";
constexpr std::u32string_view kLatin = U"abekmhopctyx";

struct Letters {
  int latin = 0;
  int cyrillic = 0;
  int plainly_latin = 0;
  int plainly_cyrillic = 0;
};

Letters count(std::string_view text) {
  Letters letters;
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    if (c >= U'a' && c <= U'z') {
      ++letters.latin;
      if (kLatin.find(c) == std::u32string_view::npos) ++letters.plainly_latin;
    } else if (c >= 0x400 && c <= 0x4FF) {
      ++letters.cyrillic;
      if (kCyrillic.find(c) == std::u32string_view::npos) ++letters.plainly_cyrillic;
    }
  }
  return letters;
}

std::string replaced(std::string_view text, std::u32string_view from, std::u32string_view to) {
  std::string result;
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    const std::size_t at = from.find(c);
    append_utf8(result, at == std::u32string_view::npos ? c : to[at]);
  }
  return result;
}

/// A lone x or v at the end of a title is a number: "Форсаж X".
bool is_numeral(const TitleWords& words, std::size_t at) {
  const bool is_last = at + 1 == words.size() || words[at + 1].before != Break::kNone;
  return at > 0 && is_last && words[at].text == "x";
}

enum class Target { kNone, kToLatin, kToCyrillic };

Target target_of(const Letters& word, const Letters& title) {
  const bool is_mixed = word.latin > 0 && word.cyrillic > 0;
  if (word.plainly_latin > 0 && word.plainly_cyrillic > 0) return Target::kNone;
  if (word.plainly_cyrillic > 0) return is_mixed ? Target::kToCyrillic : Target::kNone;
  if (word.plainly_latin > 0) return is_mixed ? Target::kToLatin : Target::kNone;
  if (title.plainly_cyrillic > 0 && title.plainly_latin == 0) return Target::kToCyrillic;
  if (title.plainly_latin > 0 && title.plainly_cyrillic == 0) return Target::kToLatin;
  const bool is_undecided = title.plainly_latin == 0 && title.plainly_cyrillic == 0;
  if (is_undecided && word.latin + word.cyrillic == 1) return Target::kToLatin;
  return is_mixed ? Target::kToCyrillic : Target::kNone;
}

}  // namespace

void unify_scripts(TitleWords& words) {
  const auto is_ascii = [](const TitleWord& word) {
    return std::all_of(word.text.begin(), word.text.end(),
                       [](char c) { return static_cast<signed char>(c) >= 0; });
  };
  if (std::all_of(words.begin(), words.end(), is_ascii)) return;
  std::vector<Letters> counts;
  counts.reserve(words.size());
  Letters title;
  for (const TitleWord& word : words) {
    const Letters& letters = counts.emplace_back(count(word.text));
    title.plainly_latin += letters.plainly_latin;
    title.plainly_cyrillic += letters.plainly_cyrillic;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_numeral(words, i)) continue;
    const Target target = target_of(counts[i], title);
    if (target == Target::kToCyrillic && counts[i].latin > 0) {
      words[i].text = replaced(words[i].text, kLatin, kCyrillic);
    } else if (target == Target::kToLatin && counts[i].cyrillic > 0) {
      words[i].text = replaced(words[i].text, kCyrillic, kLatin);
    }
  }
}

}  // namespace filmoteka::domain
