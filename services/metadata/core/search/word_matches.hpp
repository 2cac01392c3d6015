/// The words of an index that a word of a query may be.
#pragma once

#include <metadata/core/search/text_index.hpp>
#include <metadata/core/search/text_query.hpp>

#include <vector>

namespace filmoteka::metadata {

/// No word is in two of them.
struct WordMatches {
  std::vector<WordId> whole;          ///< are one of its spellings
  std::vector<WordRange> beginnings;  ///< begin with one, if it is a beginning
  std::vector<WordId> forms;          ///< are other forms of one
};
WordMatches matches_of(const QueryWord& word, const TextIndex& index);

/// Takes a word out of ranges.
void remove(std::vector<WordRange>& ranges, WordId word);

/// Adds the rows that have one of the words in a place.
void add_rows(Bitmap& rows, const WordRows& lists, const std::vector<WordId>& words);
void add_rows(Bitmap& rows, const WordRows& lists, const std::vector<WordRange>& ranges);

}  // namespace filmoteka::metadata
