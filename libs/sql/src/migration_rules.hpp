/// What may be migrated, the same for all databases. Pure.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/migration.hpp>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::sql {

/// A row of the table schema_migrations.
struct AppliedMigration {
  std::string name;
  std::string checksum;
};
using AppliedMigrations = std::map<int, AppliedMigration>;

/// FNV-1a, 64 bits, as 16 hex digits: notices an edit, is no defence against an attacker.
std::string migration_checksum(std::string_view sql);

/// Whether a step leaves what older programs use as it was; its name says so: "0005_expand_studios"
/// (docs/decisions/0007).
bool is_expand_step(std::string_view name);

/// kConflict unless what was applied is a beginning of what this program knows, or all of it and steps of a
/// newer program that only expand. `newer` says what to do about a schema of a newer program: "use the newer
/// program or another --data."
Result<void> verify_migrations(const AppliedMigrations& applied, std::span<const Migration> migrations,
                               std::string_view what, std::string_view newer);

/// The names of those after the applied ones, which are verified.
std::vector<std::string> names_after(const AppliedMigrations& applied, std::span<const Migration> migrations);

}  // namespace filmoteka::sql
