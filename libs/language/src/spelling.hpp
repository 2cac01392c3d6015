/// Spelling rules and the search that applies them. A rule says how a few letters may be written in the other
/// script, and how unlikely each way is. The search is a beam from left to right: at each place of the word
/// it keeps the likeliest beginnings only.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::language {

/// 0 is the usual spelling; the sum over a word orders its spellings. About 5 is "one word in ten".
using Cost = unsigned;

/// Where in a word a rule holds.
enum class Where {
  kAnywhere,
  kStart,
  kInside,  ///< neither at the start nor at the end
  kEnd,
  kAfterVowel,
  kAfterConsonant,
  kBeforeFront,  ///< before e, i, y, е, и, ы
  kBeforeBack,   ///< everywhere else
  kClosed,       ///< before a consonant or at the end
};

struct Way {
  std::string_view text;
  Cost cost = 0;

  bool exists() const { return text.data() != nullptr; }
};

struct Rule {
  std::string_view from;
  Where where = Where::kAnywhere;
  Way ways[6] = {};

  /// Several letters with a usual spelling are one sound: taking them apart costs kApart.
  bool is_one_sound(std::size_t letters) const { return letters > 1 && ways[0].cost == 0; }
};
inline constexpr Cost kApart = 4;

struct Spelling {
  std::string text;
  Cost cost = 0;
};

/// The likeliest spellings of `word` (valid UTF-8), by cost, each text once. Characters without a rule stay.
std::vector<Spelling> spell(std::string_view word, std::span<const Rule> rules);

/// The cheapest of equal texts, by cost, `most` at most.
void keep_best(std::vector<Spelling>& spellings, std::size_t most);

/// How Latin letters may be Cyrillic ones, and the reverse. Live as long as the program.
std::span<const Rule> latin_to_cyrillic();
std::span<const Rule> cyrillic_to_latin();

}  // namespace filmoteka::language
