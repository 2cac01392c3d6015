/// One write in one transaction on SQLite: load what it needs, decide, apply. Blocking.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/database.hpp>

#include <metadata/core/movie_store.hpp>

namespace filmoteka::metadata {

/// Durable when it returns; after a failure nothing is written. Errors as MovieStore::write().
Result<Commit> write_to_sqlite(sql::Database& database, const Write& write, Timestamp now);

/// What `needs` name and is there goes into `held`. `now`: keys of idempotency older than a day are
/// forgotten.
Result<void> load_needs(sql::Database& database, const Needs& needs, Timestamp now, Holdings& held);

/// Inside the caller's transaction. `before`: the counters that are stored.
Result<void> apply_plan(sql::Database& database, const WritePlan& plan, const Counters& before,
                        Timestamp now);

inline constexpr std::chrono::hours kIdempotencyLifetime{24};

}  // namespace filmoteka::metadata
