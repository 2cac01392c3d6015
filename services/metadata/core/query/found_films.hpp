/// The films that match a query, and for its facets those that match all but some filters.
#pragma once

#include <metadata/core/query/facet_counts.hpp>
#include <metadata/core/query/filter.hpp>
#include <metadata/core/query/matches.hpp>

#include <array>
#include <optional>

namespace filmoteka::metadata {

/// Found in one pass over the filters and one over the delta.
class FoundFilms {
 public:
  /// The arguments must outlive it.
  FoundFilms(const Snapshot& snapshot, const Filter& filter, const ListQuery& query);

  const Matches& matches() const { return all_; }
  /// Those that match all filters but that dimension's, for a facet of the query.
  FacetFilms without(Dimension dimension) const;

 private:
  const Snapshot* snapshot_;
  bool with_inactive_;
  Matches all_;
  std::array<std::optional<Matches>, kDimensions> without_;
};

}  // namespace filmoteka::metadata
