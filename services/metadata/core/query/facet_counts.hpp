/// How many of the found films have each value of a facet.
#pragma once

#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/query/facet.hpp>
#include <metadata/core/query/matches.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>

namespace filmoteka::metadata {

/// Films that are counted in a facet.
struct FacetFilms {
  const Snapshot* snapshot = nullptr;
  const RowSet* rows = nullptr;  ///< all of them active, unless `with_inactive`
  bool with_inactive = false;
  std::span<const DeltaEntry* const> changed;
};

/// The ways to count rows; they differ only in what they cost.
enum class CountBy {
  kRows,      ///< each row of the set: for small ones
  kMissing,   ///< each row that is not there, taken from counts that are known: for nearly all
  kPostings,  ///< the rows of each value against the set: for what is between
};

/// By value. Bands are numbered as in bands.hpp; films without a value are not counted.
using NumberCounts = std::map<std::int32_t, std::size_t>;
/// By folded form (genres) or name (sources). The views live as long as the snapshot.
using TextCounts = std::map<std::string_view, std::size_t>;

/// Of kYear, kRating, kDuration or kAgeRating. `way`: instead of the cheapest one; so with all of them.
NumberCounts count_numbers(Facet facet, const FacetFilms& films, std::optional<CountBy> way = std::nullopt);
TextCounts count_genres(const FacetFilms& films, std::optional<CountBy> way = std::nullopt);
TextCounts count_sources(const FacetFilms& films, std::optional<CountBy> way = std::nullopt);

}  // namespace filmoteka::metadata
