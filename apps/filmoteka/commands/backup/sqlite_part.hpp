/// A SQLite file of a service: copied, looked at, put in its place.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/commands/backup/files.hpp>
#include <filmoteka/commands/backup/postgres_part.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace filmoteka::app {

/// What is in the file, which nobody has open (a copy).
Result<PartState> state_of_sqlite(const std::filesystem::path& file, const std::string& service);

/// How many films a file has that others may have open; 0 where it is none or has no tables.
Result<std::int64_t> count_sqlite_films(const std::filesystem::path& file);

/// Moves the database and what SQLite has made beside it into `folder`, which is made; returns false if there
/// was nothing to move.
Result<bool> move_aside(const std::filesystem::path& database, const std::filesystem::path& folder);

/// Whether SQLite keeps a log beside the file: somebody has it open, or was killed.
bool has_log(const std::filesystem::path& database);

}  // namespace filmoteka::app
