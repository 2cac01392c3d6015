/// Search in titles by the beginnings of words: the text search in its first form.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/segment.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// How well a title answers; smaller is better. Title and original title are looked at alike.
enum class TitleMatch {
  kExact,    ///< the title is the query
  kPrefix,   ///< the title starts with the query
  kInOrder,  ///< all words are in one title, in the query's order
  kRest,     ///< every word begins a word of one title or the other
};

/// A query in folded form. Texts are FilmRow::searchable.
class TitleSearch {
 public:
  /// Nothing matches when no letter or digit is left of `q` after folding.
  explicit TitleSearch(std::string_view q);

  bool matches(std::string_view searchable) const;
  /// Of a text that matches.
  TitleMatch rank(std::string_view searchable) const;
  /// Removes the rows that do not match.
  void keep_matches(const Segment& segment, Bitmap& rows) const;

 private:
  bool words_in_order(std::string_view title) const;

  std::string folded_;
  std::vector<std::string> needles_;  // each word with a space before it, the longest first
  std::vector<std::string> in_order_;
};

}  // namespace filmoteka::metadata
