/// What a query that nothing answers may have meant: another keyboard layout, another alphabet, words run
/// together or torn apart, misspelt words, words too many. Pure.
#pragma once

#include <metadata/core/search/text_query.hpp>
#include <metadata/core/search/text_ranks.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace filmoteka::metadata {

/// What was made of a query, to be told to who asked.
struct Correction {
  std::string q;            ///< what was searched instead: asking for it gives the same answer
  std::string_view reason;  ///< "keyboard_layout", "transliteration", "spacing", "typo", "dropped_words"
};

/// By what the best film is found, if by a name or the cast.
using BestAnswer = std::function<std::optional<FoundBy>(const TextQuery&)>;

/// The first correction that is answered by names or casts; nullopt if there is none. To be asked only when
/// nothing answers `q` itself, so that what is typed right is never changed.
std::optional<Correction> correct(std::string_view q, std::span<const TextIndex* const> indexes,
                                  const BestAnswer& best_answer);

}  // namespace filmoteka::metadata
