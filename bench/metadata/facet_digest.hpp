/// Facets of an answer as one number each, so that subjects can be compared that say them differently.
#pragma once

#include <metadata/core/query/facet.hpp>

#include <array>
#include <cstdint>
#include <string>

namespace filmoteka::bench {

/// By metadata::Facet. Number facets: the sum of count · (value + 1), durations as half hours; genres and
/// sources, whose values are texts here and numbers there: the sum of the counts' squares.
class FacetDigest {
 public:
  void add_number(metadata::Facet facet, std::uint64_t value, std::uint64_t count);
  void add_text(metadata::Facet facet, std::uint64_t count);
  /// All facets of a MoviePage.
  void add_page(const std::string& body);

  std::uint64_t of(metadata::Facet facet) const { return sums_[static_cast<std::size_t>(facet)]; }

 private:
  std::array<std::uint64_t, metadata::kFacets> sums_{};
};

}  // namespace filmoteka::bench
