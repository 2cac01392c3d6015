#include "letters.hpp"

#include <filmoteka/base/utf8.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace filmoteka::bench {
namespace {

constexpr std::u32string_view kRussian = U"абвгдежзийклмнопрстуфхцчшщъыьэюя";
constexpr std::u32string_view kEnglish = U"abcdefghijklmnopqrstuvwxyz";
constexpr std::array<std::u32string_view, 32> kLatin = {
    U"a", U"b", U"v", U"g", U"d", U"e", U"zh", U"z",  U"i",  U"y",    U"k", U"l", U"m", U"n", U"o",  U"p",
    U"r", U"s", U"t", U"u", U"f", U"h", U"ts", U"ch", U"sh", U"shch", U"",  U"y", U"",  U"e", U"yu", U"ya"};
static_assert(kLatin.size() == kRussian.size());

// The same keys under both layouts; signs of titles behind the letters.
constexpr std::u32string_view kKeysRussian = U"ёйцукенгшщзхъфывапролджэячсмитьбю.,:;?";
constexpr std::u32string_view kKeysEnglish = U"`qwertyuiop[]asdfghjkl;'zxcvbnm,./?^$&";
static_assert(kKeysRussian.size() == kKeysEnglish.size());

constexpr char32_t kCase = U'а' - U'А';
constexpr char32_t kCaseOfYo = U'ё' - U'Ё';

char32_t lower(char32_t letter) {
  if (letter >= U'A' && letter <= U'Z') return letter + (U'a' - U'A');
  if (letter >= U'А' && letter <= U'Я') return letter + kCase;
  return letter == U'Ё' ? letter + kCaseOfYo : letter;
}

char32_t upper(char32_t letter) {
  if (letter >= U'a' && letter <= U'z') return letter - (U'a' - U'A');
  if (letter >= U'а' && letter <= U'я') return letter - kCase;
  return letter == U'ё' ? letter - kCaseOfYo : letter;
}

bool is_russian_letter(char32_t letter) {
  return kRussian.find(lower(letter)) != std::u32string_view::npos || lower(letter) == U'ё';
}

// Everything beyond ASCII that the generated texts have is a letter, but for a few signs.
bool is_of_word(char32_t letter) {
  constexpr std::u32string_view kSigns = U"«»–—…“”„№ ";
  if (letter >= 0x80) return kSigns.find(letter) == std::u32string_view::npos;
  return (letter >= U'0' && letter <= U'9') || (lower(letter) >= U'a' && lower(letter) <= U'z');
}

}  // namespace

Letters to_letters(std::string_view utf8) {
  Letters letters;
  while (!utf8.empty()) letters += take_code_point(utf8);
  return letters;
}

std::string to_utf8(std::u32string_view letters) {
  std::string utf8;
  for (const char32_t letter : letters) append_utf8(utf8, letter);
  return utf8;
}

Letters lower_case(Letters text) {
  std::transform(text.begin(), text.end(), text.begin(), lower);
  return text;
}

Letters upper_case(Letters text) {
  std::transform(text.begin(), text.end(), text.begin(), upper);
  return text;
}

bool is_russian(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), is_russian_letter);
}

std::vector<Word> words_of(std::u32string_view text) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_of_word(text[at])) continue;
    const std::size_t first = at;
    while (at < text.size() && is_of_word(text[at])) ++at;
    words.push_back({first, at});
  }
  return words;
}

Letters in_other_layout(Letters text) {
  const bool from_russian = is_russian(text);
  const auto [from, to] =
      from_russian ? std::pair(kKeysRussian, kKeysEnglish) : std::pair(kKeysEnglish, kKeysRussian);
  text = lower_case(std::move(text));
  for (char32_t& letter : text) {
    const std::size_t key = from.find(letter);
    if (key != std::u32string_view::npos) letter = to[key];
  }
  return text;
}

Letters transliterated(Letters text) {
  Letters latin;
  for (const char32_t letter : lower_case(std::move(text))) {
    const std::size_t at = kRussian.find(letter == U'ё' ? U'е' : letter);
    latin += at == std::u32string_view::npos ? std::u32string_view(&letter, 1) : kLatin[at];
  }
  return latin;
}

void mistype(Letters& text, Word word, metadata::testing::Random& random) {
  const std::size_t at = word.first + 1 + random.below(word.size() - 2);
  const std::u32string_view alphabet = is_russian_letter(text[at]) ? kRussian : kEnglish;
  const auto another = [&](char32_t than) {
    char32_t letter = than;
    while (letter == than) letter = random.pick(alphabet);
    return letter;
  };
  switch (random.below(4)) {
    case 0:
      text[at] = another(lower(text[at]));
      break;
    case 1:
      text.erase(at, 1);
      break;
    case 2:
      text.insert(at, 1, another(lower(text[at])));
      break;
    default:
      if (lower(text[at]) == lower(text[at + 1])) {
        text.erase(at, 1);
      } else {
        std::swap(text[at], text[at + 1]);
      }
  }
}

}  // namespace filmoteka::bench
