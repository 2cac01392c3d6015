/// Whether a SQLite file is what it has to be.
#pragma once

#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>

#include <filesystem>

namespace filmoteka::sql {

/// PRAGMA quick_check of a file that others may be using: the structure of all tables, without comparing them
/// with their indexes. Changes nothing. kCorrupt with the first fault in the detail; kDeadlineExceeded: not
/// through by then, and nothing found so far.
/// `immutable`: nobody has it open.
Result<void> quick_check(const std::filesystem::path& file, bool immutable, Deadline deadline);

}  // namespace filmoteka::sql
