/// One word in the other script: "brat" for "брат", "бэтмен" for "batman".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::language {

inline constexpr std::size_t kMostTransliterations = 24;

/// How `folded_word` (domain::fold) may be spelled in the other of the Latin and the Cyrillic script: folded,
/// likeliest first, each once, kMostTransliterations at most. Latin words are read both as transliterated
/// Russian and as English ("batman" gives "батман" and "бэтмен"); Cyrillic words are written by the usual
/// schemes (BGN, GOST, passports) and as the English word that they may come from. Which of them are words
/// is for the caller to find out, from the titles it has. Digits stay. Empty if the word has letters of
/// neither script or of both, is ill-formed UTF-8 or longer than 40 characters. Pure; some 100 µs for a long
/// word.
///
/// A beam search over spelling rules, see src/spelling.hpp.
std::vector<std::string> transliterations(std::string_view folded_word);

}  // namespace filmoteka::language
