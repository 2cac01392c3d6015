#include "same_film/numerals.hpp"

#include <filmoteka/base/strings.hpp>

#include <algorithm>

namespace filmoteka::domain {
namespace {

constexpr std::int32_t kMost = 99'999'999;

bool ends_a_part(const TitleWords& words, std::size_t at) {
  return at + 1 == words.size() || words[at + 1].before != Break::kNone;
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 8 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The number that a single word is by itself.
std::int32_t number_of(const TitleWords& words, std::size_t at) {
  const TitleWord& word = words[at];
  if (is_digits(word.text)) return std::min(kMost, parse_number<std::int32_t>(word.text).value_or(-1));
  const bool follows_part = at > 0 && words[at - 1].meaning.word == Word::kPart;
  const bool is_cyrillic_ten = word.text == "х" && at > 0 && ends_a_part(words, at);
  if (is_cyrillic_ten) return 10;
  const std::int32_t roman = roman_number(word.text);
  if (roman > 0 && (word.text.size() > 1 || follows_part || (at > 0 && ends_a_part(words, at)))) return roman;
  return -1;
}

bool continues(const TitleWords& words, std::size_t at) {
  return at < words.size() && words[at].before == Break::kNone;
}

/// Reads a number in words from `at` on: below a hundred, a year ("nineteen eighty four"), or with hundreds.
struct WordedNumber {
  std::int32_t value = 0;
  std::size_t length = 0;  ///< words; 0 if there is no number
};

WordedNumber below_hundred(const TitleWords& words, std::size_t at) {
  if (at >= words.size()) return {};
  const auto [word, value] = words[at].meaning;
  if (word == Word::kUnit || word == Word::kTeen) return {value, 1};
  if (word != Word::kTens) return {};
  if (continues(words, at + 1) && words[at + 1].meaning.word == Word::kUnit) {
    return {value + words[at + 1].meaning.value, 2};
  }
  return {value, 1};
}

WordedNumber after_hundreds(const TitleWords& words, std::size_t begin, std::size_t next,
                            std::int32_t hundreds) {
  const bool has_and = continues(words, next) && words[next].meaning.word == Word::kAnd;
  const std::size_t rest_at = has_and ? next + 1 : next;
  const WordedNumber rest = continues(words, rest_at) ? below_hundred(words, rest_at) : WordedNumber{};
  if (rest.length == 0) return {hundreds, next - begin};
  return {hundreds + rest.value, rest_at + rest.length - begin};
}

WordedNumber worded(const TitleWords& words, std::size_t at) {
  // "Nine" is not "9": of a name that is all number, the spelling is what tells films apart.
  if (words.size() == 1) return {};
  if (words[at].meaning.word == Word::kHundred)
    return after_hundreds(words, at, at + 1, words[at].meaning.value);
  const WordedNumber first = below_hundred(words, at);
  const std::size_t next = at + first.length;
  if (first.length == 0 || !continues(words, next)) return first;
  if (words[next].meaning.word == Word::kHundred && first.value < 20) {
    return after_hundreds(words, at, next + 1, first.value * 100);
  }
  const WordedNumber second = below_hundred(words, next);
  const bool is_year = first.length == 1 && first.value >= 10 && first.value <= 20 && second.value >= 10;
  return is_year ? WordedNumber{first.value * 100 + second.value, first.length + second.length} : first;
}

void replace(TitleWords& words, std::size_t begin, std::size_t length, std::int32_t number) {
  TitleWord& word = words[begin];
  word.number = number;
  word.text = std::to_string(number);
  word.meaning = {};
  const auto first = words.begin() + static_cast<std::ptrdiff_t>(begin);
  words.erase(first + 1, first + static_cast<std::ptrdiff_t>(length));
}

/// "часть вторая", "second part", "часть 2": the two words become the number.
void join_parts(TitleWords& words) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const auto [first, first_value] = words[i].meaning;
    const auto [second, second_value] = words[i + 1].meaning;
    const bool first_is_part = first == Word::kPart || first == Word::kFilm;
    const bool second_is_part = second == Word::kPart || second == Word::kFilm;
    if (first == Word::kPart && words[i + 1].number >= 0) {
      replace(words, i, 2, words[i + 1].number);
    } else if (first_is_part && second == Word::kOrdinal) {
      replace(words, i, 2, second_value);
    } else if (first == Word::kOrdinal && second_is_part && words[i + 1].before == Break::kNone) {
      replace(words, i, 2, first_value);
    }
  }
}

}  // namespace

void read_numbers(TitleWords& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const std::int32_t number = number_of(words, i); number >= 0) {
      replace(words, i, 1, number);
    } else if (const WordedNumber found = worded(words, i); found.length > 0) {
      replace(words, i, found.length, found.value);
    }
  }
  join_parts(words);
  // "No. 17", as "№17".
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i].text == "no" && words[i + 1].number >= 0) replace(words, i, 2, words[i + 1].number);
  }
}

}  // namespace filmoteka::domain
