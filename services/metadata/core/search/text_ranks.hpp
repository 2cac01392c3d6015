/// How well films answer a text query: the rows of one index by rank. Pure.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/search/found_by.hpp>
#include <metadata/core/search/text_index.hpp>
#include <metadata/core/search/text_query.hpp>

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// What is found by names comes before all else, then what is nearer to the year of the query, if it has one,
/// then what is found by something better.
using TextRank = std::uint8_t;
inline constexpr TextRank kNotFound = 0xFF;

enum class YearMatch : std::uint8_t {
  kSame,  ///< of the film, or it stands in a name; or the query has none
  kNear,  ///< the year before or after
  kOther,
};
inline constexpr std::size_t kYearMatches = 3;

TextRank rank_of(FoundBy by, YearMatch year);
FoundBy found_by(TextRank rank);
/// Ranks are below it.
inline constexpr std::size_t kTextRanks = 2 * kYearMatches * kFoundBy;

struct RankedRows {
  TextRank rank = 0;
  Bitmap rows;
};

/// The films that an index speaks of.
struct TextFilms {
  const TextIndex* index = nullptr;
  std::size_t size = 0;                                 ///< rows
  std::function<std::string_view(Row)> names;           ///< searchable_names()
  std::function<void(Bitmap&, std::int32_t)> add_year;  ///< adds the films of a year
};

/// Ascending by rank; a row is in one of them at most; none is empty. `descriptions`: what is found by those
/// too.
std::vector<RankedRows> rank_rows(const TextQuery& query, const TextFilms& films, bool descriptions = true);

}  // namespace filmoteka::metadata
