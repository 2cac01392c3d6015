/// Words that differ from a misspelt one in few letters.
#pragma once

#include <metadata/core/search/text_index.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

struct SimilarWord {
  WordId word = 0;
  unsigned distance = 0;  ///< letters replaced, missing, too many, or swapped with the next
};

/// How many errors a word of so many letters may have: 1 from 4 letters, 2 from 8.
unsigned most_errors(std::size_t letters);

/// The words of names and casts within `most` errors (1 or 2) of `word`, in no order. The distance is that of
/// optimal string alignment. The method: of a word with at most k errors one half has at most k/2, so that
/// the index is walked as a trie from both ends, and hardly branches in the first half.
std::vector<SimilarWord> similar_words(const TextIndex& index, std::string_view word, unsigned most);

/// The words of names and casts some beginning of which is within one error of `word`.
std::vector<SimilarWord> similar_beginnings(const TextIndex& index, std::string_view word);

}  // namespace filmoteka::metadata
