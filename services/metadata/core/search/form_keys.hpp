/// What the forms of one word have in common, so that "друзьям" finds "друг": a word's lemmas, its stem, and
/// for numbers their value. Words with a key in common are forms of each other.
#pragma once

#include <filmoteka/language/morphology.hpp>
#include <filmoteka/language/stem.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// A hash of a lemma, of a stem or of a number; the three never meet but by chance (1 in 2^60).
using FormKey = std::uint64_t;

/// One thread at a time.
class FormKeys {
 public:
  /// Of a folded word: ascending, unique; empty for words that have no other forms.
  std::vector<FormKey> of(std::string_view word);

 private:
  language::Morphology morphology_;
  language::Stemmer stemmer_;
};

/// "xiv" → 14; 0 for what is no Roman number from 2 to 39. One letter is a number only if it is V or X.
int roman_number(std::string_view word);

}  // namespace filmoteka::metadata
