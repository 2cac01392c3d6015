/// Whether a backup is what its manifest says.
#pragma once

#include <filmoteka/commands/backup/byte_meter.hpp>
#include <filmoteka/commands/backup/manifest.hpp>

#include <filesystem>

namespace filmoteka::app {

/// Reads the manifest, adds up every file, opens each: the structure of SQLite files, the table of contents
/// of archives. kNotFound: there is no backup; kCorrupt: it is not as it was written.
Result<Manifest> verify_backup(const std::filesystem::path& folder, ByteMeter& meter);

}  // namespace filmoteka::app
