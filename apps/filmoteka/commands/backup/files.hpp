/// Files of backups: written for good, added up, put in place.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace filmoteka::app {

/// Bytes done and in all (0: not known); false: give up.
using ByteProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// "PATH: REASON." with what to do about a full disk.
Error file_error(const std::filesystem::path& path, int error);

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes);
/// A new file for its owner only, on the disk when it returns.
Result<void> write_file(const std::filesystem::path& path, std::string_view text);
/// A new file with the same bytes, on the disk when it returns. What is half done after a failure is removed.
Result<void> copy_file_durably(const std::filesystem::path& from, const std::filesystem::path& to,
                               const ByteProgress& progress);
/// What was renamed or made in the folder, or written to the file, is on the disk when it returns.
Result<void> sync_path(const std::filesystem::path& path);

struct FileSum {
  std::uint64_t bytes = 0;
  std::string sha256;  ///< hex digits
};
Result<FileSum> sum_of(const std::filesystem::path& file, const ByteProgress& progress);

}  // namespace filmoteka::app
