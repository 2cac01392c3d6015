/// Which rows have which words: an inverted index, immutable. Words are folded; the forms of a word are found
/// through its keys, so that each word is stored once, as it stands in the films.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/text_column.hpp>
#include <metadata/core/search/form_keys.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// Where a word stands. What is first or all of a name is also in it.
enum class TextPlace : std::uint8_t {
  kName,   ///< in the title, the original title or an alias
  kFirst,  ///< begins one of them
  kWhole,  ///< is all of one of them
  kCast,
  kDescription,
};
inline constexpr std::size_t kTextPlaces = 5;

/// Number of a word in an index: its position in the order of bytes.
using WordId = std::uint32_t;
/// Words `first` … `last` - 1.
struct WordRange {
  WordId first = 0;
  WordId last = 0;
  bool empty() const { return first == last; }
};

/// Lists of rows, one a word, ascending; each stored as differences in groups of seven bits (LEB128), or,
/// where that would take no less, as a bitmap.
class WordRows {
 public:
  WordRows() = default;
  /// `films`: rows are below it.
  explicit WordRows(std::size_t films) : films_(films) {}

  void push_back(std::span<const Row> rows);  ///< of the next word
  bool empty(WordId word) const { return weight(word) == 0; }
  std::size_t size() const { return offsets_.size() - 1; }
  /// Bytes, at least one a row: as good as a number of rows to compare words by.
  std::uint32_t weight(WordId word) const {
    const std::uint32_t bytes = offsets_[word + 1] - offsets_[word];
    return bytes != 0 || dense_.empty() ? bytes : dense_weight(word);
  }
  void add_to(Bitmap& rows, WordId word) const { add_to(rows, WordRange{word, word + 1}); }
  void add_to(Bitmap& rows, WordRange words) const;
  void append_to(std::vector<Row>& rows, WordId word) const;
  std::size_t bytes() const;
  void shrink();

 private:
  struct DenseRows {
    WordId word = 0;
    std::uint32_t count = 0;
    Bitmap rows;
  };
  template <class Visitor>
  void for_each(WordId word, Visitor visit) const;
  std::span<const DenseRows> dense(WordRange words) const;
  std::uint32_t dense_weight(WordId word) const;

  std::size_t films_ = 0;
  std::vector<std::uint32_t> offsets_{0};
  std::vector<std::uint8_t> rows_;
  std::vector<DenseRows> dense_;  // by word; their lists are empty
};

/// Made by TextIndexBuilder.
struct TextIndex {
  TextColumn words;  ///< ascending by bytes, distinct
  std::array<WordRows, kTextPlaces> rows;
  std::vector<WordId>
      by_end;  ///< by their bytes from the last to the first: those that end alike are together
  // Which words have which key: ascending by key, then word.
  std::vector<FormKey> form_keys;
  std::vector<WordId> form_words;

  std::optional<WordId> find(std::string_view word) const;
  /// The words that begin so.
  WordRange starting_with(std::string_view prefix) const;
  std::span<const WordId> with_key(FormKey key) const;
  const WordRows& at(TextPlace place) const { return rows[static_cast<std::size_t>(place)]; }
  /// Whether it stands in the name or the cast of a film.
  bool is_name(WordId word) const {
    return !at(TextPlace::kName).empty(word) || !at(TextPlace::kCast).empty(word);
  }
  std::size_t bytes() const;
};

}  // namespace filmoteka::metadata
