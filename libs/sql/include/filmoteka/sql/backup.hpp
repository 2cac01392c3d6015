/// A copy of a SQLite database that is being written to meanwhile.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>

namespace filmoteka::sql {

struct BackupOptions {
  /// Nobody has the source open, and nobody will until this is done: no file is made beside it.
  bool immutable = false;
  /// Bytes copied and bytes in all, now and then; false: give up.
  std::function<bool(std::uint64_t done, std::uint64_t total)> progress = {};
};

/// Writes the state of `source` at one moment, what was committed before the call included, into the new file
/// `target`, which is whole and on the disk afterwards. Writers go on; their log grows until the copy is
/// done (https://www.sqlite.org/backup.html, with a read transaction around all steps). Blocks.
/// Errors as Database; kCancelled: `progress` gave up. After a failure part of `target` may be there.
Result<void> back_up(const std::filesystem::path& source, const std::filesystem::path& target,
                     const BackupOptions& options = {});

}  // namespace filmoteka::sql
