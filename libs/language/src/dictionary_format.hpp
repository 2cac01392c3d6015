/// The dictionary as it lies in the program: written by dictionary/make_dictionary_main.cpp at build time,
/// read in place by dictionary.cpp. A header, then parts that each begin at a multiple of 8. Little-endian,
/// as the DAWGs are.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace filmoteka::language {

static_assert(std::endian::native == std::endian::little);

/// Prefixes that a form may have: "наи" in "наилучший". Each has prediction suffixes of its own.
inline constexpr std::size_t kPrefixes = 3;

enum class Part : std::size_t {
  kWords,  ///< DAWG: word, \1, paradigm, form
  /// For each prefix a DAWG: ending, \1, number of words, paradigm, form.
  kPrediction0,
  kPrediction1,
  kPrediction2,
  kParadigms,   ///< uint32: the first form of each paradigm, then the number of all forms
  kForms,       ///< Form
  kSuffixes,    ///< uint32: the begin of each suffix, then the end of the last
  kSuffixText,  ///< folded UTF-8
  kPrefixText,  ///< the same for prefixes, each ended by \0
  kNumberOfParts
};

/// One form of all words that are inflected in the same way. The first form of a paradigm is the lemma.
struct Form {
  std::uint16_t suffix;
  std::uint8_t prefix;
  std::uint8_t productive;  ///< 1 if new words may be inflected so: not those of pronouns, prepositions, …
};
static_assert(sizeof(Form) == 4);

struct DictionaryHeader {
  static constexpr std::uint64_t kMagic = 0x3130'4B45'544F'4D46;  // "FMOTEK01"
  struct Place {
    std::uint64_t offset = 0;  ///< from the begin of the header
    std::uint64_t size = 0;    ///< in bytes
  };
  std::uint64_t magic = kMagic;
  std::array<Place, static_cast<std::size_t>(Part::kNumberOfParts)> parts;
};

}  // namespace filmoteka::language
