/// Text as people type and mistype it: letters of the Russian and the English alphabet.
#pragma once

#include <metadata/core/testing/random.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::bench {

using Letters = std::u32string;

Letters to_letters(std::string_view utf8);
std::string to_utf8(std::u32string_view letters);

/// Of the two alphabets; other characters stay.
Letters lower_case(Letters text);
Letters upper_case(Letters text);
bool is_russian(std::u32string_view text);  ///< has a Russian letter

/// A word stands at `first` … `last` - 1 of its text.
struct Word {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t size() const { return last - first; }
};
/// Runs of letters and digits, of whatever alphabet.
std::vector<Word> words_of(std::u32string_view text);

/// What comes out when the keyboard is switched to the other alphabet. Lower case.
Letters in_other_layout(Letters text);
/// Russian in Latin letters, as people write it without a keyboard for it. Lower case.
Letters transliterated(Letters text);

/// One letter of a word of `text` wrong, missing, too many, or swapped with the next one; never the first,
/// which people seldom get wrong. The word must have three letters or more.
void mistype(Letters& text, Word word, metadata::testing::Random& random);

}  // namespace filmoteka::bench
