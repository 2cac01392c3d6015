/// The tables of our services in a PostgreSQL: dumped, looked at, put back.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/commands/backup/files.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::app {

struct CatalogueState {
  std::int64_t films = 0;
  std::int64_t revision = 0;
};

/// What is in a part.
struct PartState {
  std::map<std::string, int> schemas;       ///< service → its last migration
  std::optional<CatalogueState> catalogue;  ///< of a part with metadata's tables
};

/// Writes the schemas of `services` as they are at one moment into the new file `target`, by pg_dump, and
/// says what is in it. Writers go on. `progress` gets the bytes written. Blocks.
Result<PartState> dump_postgres(const std::string& url, const std::vector<std::string>& services,
                                const std::filesystem::path& target, const ByteProgress& progress);

/// Whether pg_restore can read the file's list of contents.
Result<void> check_dump(const std::filesystem::path& file);

/// How many films are there; 0 without tables. Blocks.
Result<std::int64_t> count_postgres_films(const std::string& url);

/// Puts the schemas of `services` in the database back as `file` has them, in one transaction: everybody else
/// sees what was there before, or all of the backup. Blocks.
Result<void> restore_postgres(const std::string& url, const std::vector<std::string>& services,
                              const std::filesystem::path& file, const ByteProgress& progress);

}  // namespace filmoteka::app
