#include "migration_rules.hpp"

#include <cstdint>

namespace filmoteka::sql {
namespace {

Error refuse(std::string message) {
  return {ErrorCode::kConflict, std::move(message), {}, {}};
}

}  // namespace

std::string migration_checksum(std::string_view sql) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : sql) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += kHex[(hash >> shift) & 0x0F];
  return digits;
}

Result<void> verify_migrations(const AppliedMigrations& applied, std::span<const Migration> migrations,
                               std::string_view what, std::string_view newer) {
  const int known = static_cast<int>(migrations.size());
  if (!applied.empty() && applied.rbegin()->first > known) {
    return refuse("This " + std::string(what) + " was written by a newer Filmoteka (schema " +
                  std::to_string(applied.rbegin()->first) + ", this program knows " + std::to_string(known) +
                  "): " + std::string(newer));
  }
  int expected = 1;
  for (const auto& [version, was] : applied) {
    const Migration& now = migrations[static_cast<std::size_t>(expected - 1)];
    if (version != expected) {
      return refuse("The schema of the database is incomplete: migration " + std::string(now.name) +
                    " was never applied. Restore the database from a backup.");
    }
    if (was.checksum != migration_checksum(now.sql)) {
      return refuse(
          "Migration " + std::string(now.name) +
          " differs from the one that this database was made with: use the program that made it. (A "
          "released migration is never edited: add a new one.)");
    }
    ++expected;
  }
  return {};
}

std::vector<std::string> names_after(const AppliedMigrations& applied,
                                     std::span<const Migration> migrations) {
  std::vector<std::string> names;
  for (const Migration& migration : migrations.subspan(applied.size())) names.emplace_back(migration.name);
  return names;
}

}  // namespace filmoteka::sql
