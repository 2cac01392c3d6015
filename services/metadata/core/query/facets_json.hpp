/// `facets` of an answer.
#pragma once

#include <metadata/core/query/facet_counts.hpp>

#include <optional>
#include <string>

namespace filmoteka::metadata {

/// Appends `{"genre":[{"value":"Drama","count":14062},…],…}` for the facets of `wanted`, in the order of
/// kFacetNames. `films(dimension)` are those that match all filters but that dimension's.
///
/// Values: genre (folded alike, in its most common spelling) and source are texts, the most films first, then
/// by value. year and decade (its first year) are numbers, the latest first. rating is the whole number of a
/// band, from 0: 7 means 7.0–7.9, and 9 means 9.0–10. duration is the first second of a half hour, from 0:
/// 5400 means 5400–7199, and 9000 everything from 9000. age_rating is a number, from 0. Films without a value
/// are not counted, values without films are left out.
template <class FilmsOf>
void append_facets(std::string& out, FacetSet wanted, FilmsOf films);

/// `years` remembers the counts of kYear, which kDecade has use for too.
void append_facet(std::string& out, Facet facet, const FacetFilms& films, std::optional<NumberCounts>& years);

template <class FilmsOf>
void append_facets(std::string& out, FacetSet wanted, FilmsOf films) {
  std::optional<NumberCounts> years;
  char before = '{';
  for (std::size_t i = 0; i < kFacets; ++i) {
    if ((wanted >> i & 1) == 0) continue;
    out += before;
    before = ',';
    append_facet(out, static_cast<Facet>(i), films(dimension_of(static_cast<Facet>(i))), years);
  }
  out += '}';
}

}  // namespace filmoteka::metadata
