/// Dictionary forms (lemmas) of Russian words, by OpenCorpora's dictionary of 390,000 words, which is part of
/// the program (dictionary/README.md). "друзья" and "другу" have the lemma "друг".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::language {

struct Dictionary;

/// Words are folded ones (domain::fold): lower case, е for ё, no hyphens. Immutable, thread-safe, and made in
/// no time, since the dictionary is read in place. A lookup takes 1 µs, a guess 2 µs. Any bytes may be asked.
class Morphology {
 public:
  Morphology();

  /// All lemmas of `folded_word`, folded and each once, in the dictionary's order: "стали" has "сталь" and
  /// "стать". A word that is a lemma is among its own; one whose lemma is no single word ("спб") stands for
  /// itself. Those of an unknown word are guessed by its ending, the likeliest first and three at most. Empty
  /// if it is unknown and has one letter only, or a character that is no Russian letter.
  std::vector<std::string> lemmas(std::string_view folded_word) const;

  /// Whether the dictionary has `folded_word` in any form.
  bool knows(std::string_view folded_word) const;

 private:
  const Dictionary* dictionary_;  // read-only data of the program
};

}  // namespace filmoteka::language
