/// Films that are like a film.
#pragma once

#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/query/place.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace filmoteka::metadata {

/// Active films that share a genre with the active film `id`, the most alike first, without itself; nullopt
/// if there is no such film. One is more alike than another if, in this order:
/// - the genres that it shares weigh more. A genre weighs ln((films + 1) / (active films with it + 1)),
/// counted
///   in the segment, so that rare ones say more; the eight rarest of the film are looked at;
/// - its year is closer (a film without a year is farther than any other);
/// - its rating is higher (no rating: lowest), then it has more views;
/// - its id is lower.
/// `include_inactive`: `id` and what is found may be inactive; the weights are those of active films still.
std::optional<std::vector<FilmRef>> similar_films(const Snapshot& snapshot, domain::MovieId id,
                                                  std::size_t limit, bool include_inactive = false);

}  // namespace filmoteka::metadata
