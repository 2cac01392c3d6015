#include <filmoteka/base/time_format.hpp>
#include <filmoteka/sql/migrations.hpp>

#include <array>
#include <map>

namespace filmoteka::sql {
namespace {

constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "  version INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL,"
    "  checksum TEXT NOT NULL,"
    "  applied_at TEXT NOT NULL"
    ") STRICT";

struct Applied {
  std::string name;
  std::string checksum;
};

/// FNV-1a, 64 bits, as 16 hex digits: notices an edit, is no defence against an attacker.
std::string checksum_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += kHex[(hash >> shift) & 0x0F];
  return digits;
}

Result<std::map<int, Applied>> read_applied(Database& database) {
  std::map<int, Applied> applied;
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

Error refuse(std::string message) {
  return {ErrorCode::kConflict, std::move(message), {}, {}};
}

/// Fails unless what is in the file is a beginning of what this program knows.
Result<void> verify(const std::map<int, Applied>& applied, std::span<const Migration> migrations) {
  const int known = static_cast<int>(migrations.size());
  if (!applied.empty() && applied.rbegin()->first > known) {
    return refuse("This folder was written by a newer Filmoteka (schema " +
                  std::to_string(applied.rbegin()->first) + ", this program knows " + std::to_string(known) +
                  "): use the newer program or another --data.");
  }
  int expected = 1;
  for (const auto& [version, was] : applied) {
    const Migration& now = migrations[static_cast<std::size_t>(expected - 1)];
    if (version != expected) {
      return refuse("The schema of the database is incomplete: migration " + std::string(now.name) +
                    " was never applied. Restore the database from a backup.");
    }
    if (was.checksum != checksum_of(now.sql)) {
      return refuse(
          "Migration " + std::string(now.name) +
          " differs from the one that this database was made with: use the program that made it. (A "
          "released migration is never edited: add a new one.)");
    }
    ++expected;
  }
  return {};
}

/// Applies the first migration that is missing. nullopt: none is.
Result<std::optional<std::string>> apply_next(Database& database, std::span<const Migration> migrations,
                                              const Clock& clock) {
  FILMOTEKA_TRY(Transaction transaction, Transaction::immediate(database));
  FILMOTEKA_TRY(const auto applied, read_applied(database));
  FILMOTEKA_CHECK(verify(applied, migrations));
  if (applied.size() == migrations.size()) return std::optional<std::string>();
  const Migration& next = migrations[applied.size()];
  FILMOTEKA_CHECK(database.execute(kCreateTable));
  FILMOTEKA_CHECK(database.execute(next.sql));
  FILMOTEKA_TRY(Statement record, database.prepare("INSERT INTO schema_migrations VALUES (?1, ?2, ?3, ?4)"));
  const std::string checksum = checksum_of(next.sql);
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
  std::vector<std::string> names;
  for (const Migration& migration : migrations.subspan(applied.size())) names.emplace_back(migration.name);
  return names;
}

}  // namespace filmoteka::sql
