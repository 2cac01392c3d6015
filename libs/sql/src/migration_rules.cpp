#include "migration_rules.hpp"

#include <algorithm>
#include <cstdint>

namespace filmoteka::sql {
namespace {

Error refuse(std::string message) {
  return {ErrorCode::kConflict, std::move(message), {}, {}};
}

Error refuse_gap(const Migration& missing) {
  return refuse("The schema of the database is incomplete: migration " + std::string(missing.name) +
                " was never applied. Restore the database from a backup.");
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
  const auto newer_step = std::ranges::find_if(
      applied, [&](const auto& step) { return step.first > known && !is_expand_step(step.second.name); });
  if (newer_step != applied.end()) {
    return refuse("This " + std::string(what) + " was written by a newer Filmoteka (schema " +
                  std::to_string(applied.rbegin()->first) + ", this program knows " + std::to_string(known) +
                  "): " + std::string(newer));
  }
  int expected = 1;
  for (const auto& [version, was] : applied) {
    if (expected > known) break;  // what a newer program has added
    const Migration& now = migrations[static_cast<std::size_t>(expected - 1)];
    if (version != expected) return refuse_gap(now);
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

bool is_expand_step(std::string_view name) {
  const std::size_t number = name.find('_');
  return number != std::string_view::npos && name.substr(number).starts_with("_expand_");
}

std::vector<std::string> names_after(const AppliedMigrations& applied,
                                     std::span<const Migration> migrations) {
  std::vector<std::string> names;
  if (applied.size() >= migrations.size()) return names;
  for (const Migration& migration : migrations.subspan(applied.size())) names.emplace_back(migration.name);
  return names;
}

}  // namespace filmoteka::sql
