/// Collects the words of films and makes a TextIndex of them: for segments, and for the films of a delta.
#pragma once

#include <metadata/core/catalogue/run_all.hpp>
#include <metadata/core/search/text_index.hpp>
#include <metadata/core/search/word_table.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// One thread at a time.
class TextIndexBuilder {
 public:
  /// The next film, by its searchable texts (names.hpp).
  void add(std::string_view names, std::string_view cast, std::string_view description);
  /// The films of `other`, behind those that are here.
  void append(TextIndexBuilder other);
  std::size_t size() const { return ends_.size(); }
  void reserve(std::size_t films) { ends_.reserve(films); }

  /// `rows[i]` is the row of the film that was added as number i; ascending. The builder is empty afterwards.
  TextIndex finish(std::span<const Row> rows) { return finish(rows, TextIndex(), {}); }
  /// The same with the films of an older index: row r of it is row `become[r]` here, or left out where that
  /// is kLeftOut; what they become ascends and is none of `rows`.
  /// The work is done on `threads` threads. Throws what `checkpoint` does, which is called before each part.
  TextIndex finish(std::span<const Row> rows, const TextIndex& old, std::span<const Row> become,
                   std::size_t threads = 1, const Checkpoint& checkpoint = {});

 private:
  void add_word(std::string_view word, TextPlace place);

  WordTable words_;
  // The distinct words of all films one behind another, and where each stands: a bit for each TextPlace.
  std::vector<WordId> word_;
  std::vector<std::uint8_t> places_;
  std::vector<std::size_t> ends_;  ///< of each film's words
};

}  // namespace filmoteka::metadata
