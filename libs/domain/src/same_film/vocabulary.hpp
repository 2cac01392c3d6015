/// The Russian and English words that mean something beside being part of a name.
#pragma once

#include <cstdint>
#include <string_view>

namespace filmoteka::domain {

enum class Word : std::uint8_t {
  kPlain,
  kUnit,        ///< value 1–9
  kTeen,        ///< value 10–19
  kTens,        ///< value 20, 30 … 90
  kHundred,     ///< value 100 …; English "hundred" multiplies
  kOrdinal,     ///< value 1–10
  kPart,        ///< "часть", "volume": a number of a part is beside it
  kFilm,        ///< "фильм", "movie": a part's word beside an ordinal, else advertising
  kAnd,         ///< "and", "и"
  kArticle,     ///< "the"
  kSeason,      ///< "сезон"
  kInstalment,  ///< "серия": an episode's number is beside it
  kSeries,      ///< "сериал"
  kTrailer,     ///< "трейлер"
  kExtra,       ///< "обзор", "интервью": about a film, not the film
  kAdvert,      ///< advertising wherever a title ends: "смотреть", "1080p"
  kWeak,        ///< advertising beside advertising, in brackets or after a break: "онлайн", "кино"
  kGlue,        ///< belongs to the advertising after it: "в", "на", "хорошем"
  kCut,         ///< "director", "режиссерская": an edition with the kVersion after it
  kVersion,     ///< "cut", "edition", "версия"
};

struct WordMeaning {
  Word word = Word::kPlain;
  std::int16_t value = 0;
};

/// `folded` is one word as fold() leaves it.
WordMeaning meaning_of(std::string_view folded);

/// 2 for "ii" up to 39; 0 if `folded` is no Roman numeral of i, v and x.
std::int32_t roman_number(std::string_view folded);

}  // namespace filmoteka::domain
