/// The facets of GET /movies, and the filters that are their own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace filmoteka::metadata {

enum class Facet : std::uint8_t { kGenre, kYear, kDecade, kRating, kDuration, kSource, kAgeRating };
inline constexpr std::array<std::string_view, 7> kFacetNames = {"genre",    "year",   "decade",    "rating",
                                                                "duration", "source", "age_rating"};
inline constexpr std::size_t kFacets = kFacetNames.size();

/// What films are filtered by and counted by: a facet ignores the filters of its own dimension.
enum class Dimension : std::uint8_t { kGenre, kYear, kRating, kDuration, kSource, kAgeRating };
inline constexpr std::size_t kDimensions = 6;

constexpr Dimension dimension_of(Facet facet) {
  switch (facet) {
    case Facet::kGenre:
      return Dimension::kGenre;
    case Facet::kYear:
    case Facet::kDecade:
      return Dimension::kYear;
    case Facet::kRating:
      return Dimension::kRating;
    case Facet::kDuration:
      return Dimension::kDuration;
    case Facet::kSource:
      return Dimension::kSource;
    case Facet::kAgeRating:
      break;
  }
  return Dimension::kAgeRating;
}

/// Sets of facets and of dimensions: bit i is the one with number i.
using FacetSet = std::uint32_t;
using DimensionSet = std::uint32_t;
constexpr std::uint32_t bit(Facet facet) {
  return 1U << static_cast<unsigned>(facet);
}
constexpr std::uint32_t bit(Dimension dimension) {
  return 1U << static_cast<unsigned>(dimension);
}

}  // namespace filmoteka::metadata
