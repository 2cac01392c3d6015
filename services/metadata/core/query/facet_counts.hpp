/// How many of the found films have each value of a facet.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/query/facet.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>

namespace filmoteka::metadata {

/// Films that are counted in a facet.
struct FacetFilms {
  const Snapshot* snapshot = nullptr;
  const Bitmap* rows = nullptr;  ///< all of them active, unless `with_inactive`
  std::size_t row_count = 0;
  bool with_inactive = false;
  std::span<const DeltaEntry* const> changed;
};

/// By value. Bands are numbered as in bands.hpp; films without a value are not counted.
using NumberCounts = std::map<std::int32_t, std::size_t>;
/// By folded form (genres) or name (sources). The views live as long as the snapshot.
using TextCounts = std::map<std::string_view, std::size_t>;

/// Of kYear, kRating, kDuration or kAgeRating.
NumberCounts count_numbers(Facet facet, const FacetFilms& films);
TextCounts count_genres(const FacetFilms& films);
TextCounts count_sources(const FacetFilms& films);

}  // namespace filmoteka::metadata
