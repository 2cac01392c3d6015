/// The words of a title, with what stood between them.
#pragma once

#include "same_film/vocabulary.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::domain {

/// What stands before a word: a mere space, a comma, quote or bracket, or what may begin a subtitle.
enum class Break : std::uint8_t { kNone, kLight, kSubtitle };

struct TitleWord {
  std::string text;  ///< folded
  Break before = Break::kNone;
  std::uint8_t bracket = 0;  ///< 1 for the words of the first pair of brackets, and so on; 0: outside
  WordMeaning meaning;       ///< what the vocabulary says of `text`
  std::int32_t number = -1;  ///< the word as a number; -1: it is none
};

using TitleWords = std::vector<TitleWord>;

/// `title` in words; look-alike letters are already of the script of their word.
TitleWords title_words(std::string_view title);

}  // namespace filmoteka::domain
