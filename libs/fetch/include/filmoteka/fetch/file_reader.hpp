/// Files as a stream of bytes, decompressed on the way: plain, gzip, xz, zstd, told apart by their first
/// bytes. Memory is bounded whatever the file says.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace filmoteka::fetch {

struct FileReaderSettings {
  std::uint64_t max_decoder_memory =
      256ull * 1024 * 1024;      ///< xz dictionary and the like; xz -9 needs 65 MiB
  int max_zstd_window_log = 27;  ///< 128 MiB, what zstd --ultra -22 needs
  std::uint64_t max_decoded_bytes = 64ull * 1024 * 1024 * 1024;  ///< more is refused: not a catalogue
};

enum class Compression { kNone, kGzip, kXz, kZstd };
std::string_view to_string(Compression compression);

/// Blocking: use it on a BlockingPool. One thread at a time; movable.
class FileReader {
 public:
  /// kNotFound, kInvalidArgument (a folder), kUnavailable (no permission, I/O error).
  static Result<FileReader> open(const std::filesystem::path& path, FileReaderSettings settings = {});
  ~FileReader();
  FileReader(FileReader&&) noexcept;
  FileReader& operator=(FileReader&&) noexcept;

  /// Fills the front of `buffer` with the next decoded bytes; 0: the end of the file, reached properly.
  /// Several members or frames one after the other are one stream. kCorrupt names file, format and the
  /// position in the file for truncated or damaged input; kPayloadTooLarge when a limit is passed.
  Result<std::size_t> read(std::span<char> buffer);

  Compression compression() const;
  std::uint64_t file_position() const;  ///< compressed bytes consumed so far: progress is this of file_size()
  std::uint64_t file_size() const;
  std::uint64_t decoded_bytes() const;

 private:
  class State;
  explicit FileReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace filmoteka::fetch
