#include <metadata/core/query/found_films.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

DimensionSet dimensions_of(FacetSet facets) {
  DimensionSet dimensions = 0;
  for (std::size_t i = 0; i < kFacets; ++i) {
    if ((facets >> i & 1) != 0) dimensions |= bit(dimension_of(static_cast<Facet>(i)));
  }
  return dimensions;
}

}  // namespace

FoundFilms::FoundFilms(const Snapshot& snapshot, const Filter& filter, const ListQuery& query)
    : snapshot_(&snapshot), with_inactive_(query.include_inactive) {
  Filter::Rows rows = filter.rows(snapshot, dimensions_of(query.facets));
  all_.rows = std::move(rows.all);
  for (std::size_t i = 0; i < kDimensions; ++i) {
    if (rows.without[i]) without_[i] = Matches{std::move(*rows.without[i]), {}};
  }
  Filter::GenreVerdicts verdicts;
  for (const DeltaEntry& film : snapshot.delta->entries()) {
    const auto failed = filter.failures(film, verdicts);
    if (!failed) continue;
    if (*failed == 0) all_.changed.push_back(&film);
    for (std::size_t i = 0; i < kDimensions; ++i) {
      if (without_[i] && (*failed & ~(1U << i)) == 0) without_[i]->changed.push_back(&film);
    }
  }
}

FacetFilms FoundFilms::without(Dimension dimension) const {
  const auto& own = without_[static_cast<std::size_t>(dimension)];
  const Matches& matches = own ? *own : all_;
  return {snapshot_, &matches.rows, with_inactive_, matches.changed};
}

}  // namespace filmoteka::metadata
