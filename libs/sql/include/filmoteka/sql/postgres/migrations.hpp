/// Versioned schema changes for PostgreSQL, embedded into the program (filmoteka_postgres_migrations in
/// CMake).
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/sql/migration.hpp>
#include <filmoteka/sql/postgres/connection.hpp>

#include <span>
#include <string>
#include <vector>

namespace filmoteka::sql::postgres {

/// Makes the connection's schema if it is missing and brings it up to the last of `migrations`, each in a
/// transaction of its own, recorded with its checksum in schema_migrations. An advisory lock lets any number
/// of replicas start at once: one works, the others wait. Returns the names of those applied now, in order.
/// No time limits of the session apply, only `deadline`; a table that others use is waited for two seconds at
/// a time, so that those who come behind are not held up, and tried again. kConflict as sql::migrate().
Task<Result<std::vector<std::string>>> migrate(Connection& connection, std::string_view schema,
                                               std::span<const Migration> migrations, Deadline deadline,
                                               const Clock& clock = SystemClock::instance());

/// The names of those that migrate() would apply; the same refusals. Changes nothing.
Task<Result<std::vector<std::string>>> pending_migrations(Connection& connection,
                                                          std::span<const Migration> migrations,
                                                          Deadline deadline);

}  // namespace filmoteka::sql::postgres
