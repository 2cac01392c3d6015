/// OpenCorpora's dictionary in the form of pymorphy2 (format 2.4): every form of every word in a DAWG, with
/// the number of its paradigm and of the form in it; a paradigm has the prefix and the suffix of each form.
/// https://pymorphy2.readthedocs.io/en/stable/internals/dict.html
#pragma once

#include "dawg.hpp"
#include "dictionary_format.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::language {

/// Views of the program's read-only data.
struct Dictionary {
  Dawg words;
  std::array<Dawg, kPrefixes> prediction;
  std::array<std::string_view, kPrefixes> prefixes;
  Packed<std::uint32_t> paradigms;
  Packed<Form> forms;
  Packed<std::uint32_t> suffixes;
  std::string_view suffix_text;

  /// nullopt if there is none.
  std::optional<Form> find_form(std::size_t paradigm, std::size_t number) const;
  std::string_view suffix_of(Form form) const;
  std::string_view prefix_of(Form form) const { return prefixes[form.prefix]; }
};

/// The lemma of `word`, which is that form of a word inflected by `paradigm`. nullopt if it can't be.
std::optional<std::string> lemma(const Dictionary& dictionary, std::string_view word, std::size_t paradigm,
                                 std::size_t form);

/// What is built into the program. Lives as long as it.
const Dictionary& built_in_dictionary();

}  // namespace filmoteka::language
