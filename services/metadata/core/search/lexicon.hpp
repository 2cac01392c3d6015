/// The words of names and casts in several indexes, as corrections need them.
#pragma once

#include <metadata/core/search/form_keys.hpp>
#include <metadata/core/search/text_index.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// Refers to the indexes, which must outlive it. One thread at a time.
class Lexicon {
 public:
  explicit Lexicon(std::span<const TextIndex* const> indexes) : indexes_(indexes) {}

  /// Whether some name or cast has the word.
  bool has(std::string_view word) const { return weight(word) > 0; }
  /// Whether one has a word that begins so.
  bool has_beginning(std::string_view beginning) const;
  /// Whether one has the word or another form of it.
  bool has_form(std::string_view word);
  /// How common the word is in names and casts; 0: it is not there.
  std::uint64_t weight(std::string_view word) const;
  /// The nearest words, the commoner first: those with the fewest errors, at most `count`.
  std::vector<std::string> similar(std::string_view word, bool is_beginning, std::size_t count) const;

 private:
  std::span<const TextIndex* const> indexes_;
  FormKeys form_keys_;
};

}  // namespace filmoteka::metadata
