/// What a backup says of itself: manifest.json. Pure.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::app {

inline constexpr std::int64_t kBackupFormat = 1;
inline constexpr const char* kManifestFile = "manifest.json";

enum class PartKind {
  kSqlite,     ///< a database file
  kPostgresql  ///< an archive of pg_dump, custom format
};
std::string_view to_string(PartKind kind);

/// One file of a backup.
struct BackupPart {
  std::string file;  ///< its name in the backup's folder
  PartKind kind = PartKind::kSqlite;
  std::uint64_t bytes = 0;
  std::string sha256;
  std::map<std::string, int> schemas;  ///< the services whose tables are in it, and their last migration
  bool operator==(const BackupPart&) const = default;
};

struct Manifest {
  std::string taken_at;  ///< RFC 3339: what was acknowledged before it is in the backup
  std::string program;   ///< the version that made it
  std::int64_t films = 0;
  std::int64_t revision = 0;  ///< of the catalogue
  std::vector<BackupPart> parts;
  bool operator==(const Manifest&) const = default;
};

std::string format_manifest(const Manifest& manifest);
/// kCorrupt: this is no manifest. kConflict: it has a format that this program does not know.
Result<Manifest> parse_manifest(std::string_view text);

/// The last migrations that a program knows, by part kind and service.
using KnownSchemas = std::map<PartKind, std::map<std::string, int>>;
/// kConflict: a part was written by a newer program than this.
Result<void> is_restorable(const Manifest& manifest, const KnownSchemas& known);

}  // namespace filmoteka::app
