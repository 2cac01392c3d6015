/// What happens before a PostgreSQL store is used: schema, match keys, secret. Coroutines on the store's
/// thread.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/sql/postgres/pool.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// The schema in which all tables are.
inline constexpr std::string_view kPostgresSchema = "metadata";

/// What the services' connections are called in pg_stat_activity.
inline constexpr std::string_view kPostgresApplication = "filmoteka-metadata";

/// What the connections of a copy into the database are called, with something behind it that only this copy
/// has.
inline constexpr std::string_view kPostgresCopyTarget = "filmoteka-copy-target-";

/// Brings schema and match keys up to date; waits up to `patience` for a database that starts at the same
/// time. Returns the names of the migrations that it, and no other at the same time, has applied.
Task<Result<std::vector<std::string>>> migrate_postgres(sql::postgres::Pool& pool, Deadline deadline,
                                                        std::chrono::milliseconds patience,
                                                        const Clock& clock);

/// The same, for serving. Returns the secret. kConflict: a copy into it is not finished.
Task<Result<std::string>> prepare_postgres(sql::postgres::Pool& pool, Deadline deadline,
                                           std::chrono::milliseconds patience, const Clock& clock);

// For a copy; both return the secret. kConflict: the source's schema is not this program's; a service works
// on the target.
Task<Result<std::string>> prepare_postgres_source(sql::postgres::Pool& pool, Deadline deadline);
Task<Result<std::string>> prepare_postgres_target(sql::postgres::Pool& pool, Deadline deadline,
                                                  const Clock& clock);

/// Of a copy's target. kConflict: a service works on it, or another copy into it does.
Task<Result<void>> expect_nobody_else(sql::postgres::Pool& pool, Deadline deadline);

/// The migrations that migrate_postgres() would apply.
Task<Result<std::vector<std::string>>> pending_in_postgres(sql::postgres::Pool& pool, Deadline deadline);

}  // namespace filmoteka::metadata
