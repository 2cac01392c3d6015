/// Versioned schema changes, embedded into the program (filmoteka_sqlite_migrations in CMake).
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/sql/migration.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::sql {

/// Brings the schema up to the last of `migrations`, each in a transaction of its own, recorded with its
/// checksum in the table schema_migrations. Safe when several processes start at once. Returns the names of
/// those applied now, in order.
/// kConflict: the file was written by a newer program, or a migration that is in it has been changed since;
/// nothing is changed then.
Result<std::vector<std::string>> migrate(Database& database, std::span<const Migration> migrations,
                                         const Clock& clock = SystemClock::instance());

/// The names of those that migrate() would apply; the same refusals. Changes nothing.
Result<std::vector<std::string>> pending_migrations(Database& database,
                                                    std::span<const Migration> migrations);

}  // namespace filmoteka::sql
