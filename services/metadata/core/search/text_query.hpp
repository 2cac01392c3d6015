/// What is asked for in words, as it was typed or as it was corrected. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// One word of a query.
struct QueryWord {
  /// Folded; any of them will do. More than one only where a misspelt word may be several, the likeliest
  /// first.
  std::vector<std::string> spellings;
  bool is_beginning = false;  ///< of a word, since it is still being typed
  bool operator==(const QueryWord&) const = default;
};

struct TextQuery {
  std::vector<QueryWord> words;  ///< all must be there, but for the year; none: nothing is found
  /// A year beside other words: films of that year, or with it in a name, go first.
  std::optional<std::int32_t> year;
  bool empty() const { return words.empty(); }
  bool operator==(const TextQuery&) const = default;
};

/// The last word is a beginning. A number from 1888 to 2100 beside other words is a year.
TextQuery parse_text_query(std::string_view q);

/// The words without the year, each in its first spelling, with spaces between: what names are compared with.
std::string name_in(const TextQuery& query);
/// The same with the year behind it: what people are shown.
std::string to_text(const TextQuery& query);

/// Words that say little about a film: they may be wrong, or too many, in what people remember.
bool is_stop_word(std::string_view folded);

}  // namespace filmoteka::metadata
