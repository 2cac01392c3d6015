/// The decision of an upsert, one transaction: what is new, what has changed, what stays.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/database.hpp>

#include <metadata/core/store.hpp>

#include <span>
#include <vector>

namespace filmoteka::metadata {

struct UpsertedBatch {
  std::vector<UpsertOutcome> outcomes;  ///< the films' indices
  std::vector<Change> changes;          ///< in the order of revisions
};

/// Commits before it returns; after a failure nothing is written. Blocking.
Result<UpsertedBatch> upsert_batch(sql::Database& database, std::span<const domain::MovieFacts> movies,
                                   Timestamp now);

}  // namespace filmoteka::metadata
