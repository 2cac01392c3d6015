#include "migration_rules.hpp"

#include <filmoteka/base/time_format.hpp>
#include <filmoteka/sql/migrations.hpp>

namespace filmoteka::sql {
namespace {

constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "  version INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL,"
    "  checksum TEXT NOT NULL,"
    "  applied_at TEXT NOT NULL"
    ") STRICT";

Result<AppliedMigrations> read_applied(Database& database) {
  AppliedMigrations applied;
  FILMOTEKA_TRY(
      Statement table,
      database.prepare("SELECT 1 FROM sqlite_schema WHERE type='table' AND name='schema_migrations'"));
  FILMOTEKA_TRY(const bool exists, table.step());
  if (!exists) return applied;
  FILMOTEKA_TRY(Statement rows, database.prepare("SELECT version, name, checksum FROM schema_migrations"));
  for (;;) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return applied;
    applied[rows.get<int>(0)] = {rows.get<std::string>(1), rows.get<std::string>(2)};
  }
}

Result<void> verify(const AppliedMigrations& applied, std::span<const Migration> migrations) {
  return verify_migrations(applied, migrations, "folder", "use the newer program or another --data.");
}

/// Applies the first migration that is missing. nullopt: none is.
Result<std::optional<std::string>> apply_next(Database& database, std::span<const Migration> migrations,
                                              const Clock& clock) {
  FILMOTEKA_TRY(Transaction transaction, Transaction::immediate(database));
  FILMOTEKA_TRY(const auto applied, read_applied(database));
  FILMOTEKA_CHECK(verify(applied, migrations));
  if (applied.size() >= migrations.size()) return std::optional<std::string>();
  const Migration& next = migrations[applied.size()];
  FILMOTEKA_CHECK(database.execute(kCreateTable));
  FILMOTEKA_CHECK(database.execute(next.sql));
  FILMOTEKA_TRY(Statement record, database.prepare("INSERT INTO schema_migrations VALUES (?1, ?2, ?3, ?4)"));
  const std::string checksum = migration_checksum(next.sql);
  const std::string now = to_rfc3339(clock.now());
  FILMOTEKA_CHECK(record.bind(next.version, next.name, checksum, now).run());
  FILMOTEKA_CHECK(transaction.commit());
  return std::optional(std::string(next.name));
}

}  // namespace

Result<std::vector<std::string>> migrate(Database& database, std::span<const Migration> migrations,
                                         const Clock& clock) {
  // The check without the write lock first: a start with nothing to do writes nothing.
  FILMOTEKA_TRY(const std::vector<std::string> pending, pending_migrations(database, migrations));
  std::vector<std::string> names;
  if (pending.empty()) return names;
  for (;;) {
    FILMOTEKA_TRY(std::optional<std::string> name, apply_next(database, migrations, clock));
    if (!name) return names;
    names.push_back(std::move(*name));
  }
}

Result<std::vector<std::string>> pending_migrations(Database& database,
                                                    std::span<const Migration> migrations) {
  FILMOTEKA_TRY(const auto applied, read_applied(database));
  FILMOTEKA_CHECK(verify(applied, migrations));
  return names_after(applied, migrations);
}

}  // namespace filmoteka::sql
