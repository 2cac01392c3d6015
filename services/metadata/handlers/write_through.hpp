/// What all writing calls do: into the store, then into the catalogue, then the acknowledgement.
#pragma once

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/movie_store.hpp>

#include <vector>

namespace filmoteka::metadata {

/// kUnavailable while what is written could not be read afterwards.
Result<void> may_write(const LiveCatalogue& catalogue);

/// Returns when the write is durable and can be read here. Errors: MovieStore::write's, and kDeadlineExceeded
/// when it is stored but not shown in time.
Task<Result<std::vector<RowOutcome>>> write_through(MovieStore& store, LiveCatalogue& catalogue,
                                                    const Write& write, Deadline deadline);

}  // namespace filmoteka::metadata
