#include "decoder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

namespace filmoteka::fetch {

namespace {

constexpr std::size_t kChunk = 128 * 1024;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Compression recognise(std::string_view start) {
  if (start.starts_with("\x1F\x8B")) return Compression::kGzip;
  if (start.starts_with(std::string_view("\xFD"
                                         "7zXZ\0",
                                         6)))
    return Compression::kXz;
  if (start.starts_with("\x28\xB5\x2F\xFD")) return Compression::kZstd;
  // A skippable frame of zstd (RFC 8878, 3.1.2) may come first.
  if (start.size() >= 4 && (start[0] & 0xF0) == 0x50 && start.substr(1, 3) == "\x2A\x4D\x18")
    return Compression::kZstd;
  return Compression::kNone;
}

}  // namespace

std::string_view to_string(Compression compression) {
  switch (compression) {
    case Compression::kGzip:
      return "gzip";
    case Compression::kXz:
      return "xz";
    case Compression::kZstd:
      return "zstd";
    case Compression::kNone:
      break;
  }
  return "plain";
}

class FileReader::State {
 public:
  State(std::filesystem::path path, std::FILE* file, std::uint64_t size, FileReaderSettings settings)
      : path_(std::move(path)), file_(file), size_(size), settings_(settings), chunk_(kChunk) {}

  Result<void> start() {
    FILMOTEKA_CHECK(fill());
    compression_ = recognise({chunk_.data(), filled_});
    if (compression_ == Compression::kGzip) decoder_ = make_gzip_decoder();
    if (compression_ == Compression::kXz) decoder_ = make_xz_decoder(settings_.max_decoder_memory);
    if (compression_ == Compression::kZstd) decoder_ = make_zstd_decoder(settings_.max_zstd_window_log);
    return {};
  }

  Result<std::size_t> read(std::span<char> buffer) {
    FILMOTEKA_TRY(const auto count, decoder_ ? decode(buffer) : copy(buffer));
    decoded_ += count;
    if (decoded_ > settings_.max_decoded_bytes)
      return Error{ErrorCode::kPayloadTooLarge,
                   at("unpacks to more than " + std::to_string(settings_.max_decoded_bytes) + " bytes"),
                   {},
                   {}};
    return count;
  }

  Compression compression() const { return compression_; }
  std::uint64_t position() const { return chunk_start_ + used_; }
  std::uint64_t size() const { return size_; }
  std::uint64_t decoded() const { return decoded_; }

 private:
  std::string at(const std::string& what) const {
    return path_.string() + ": " + std::string(to_string(compression_)) + ", at byte " +
           std::to_string(position()) + " of " + std::to_string(size_) + ": " + what + ".";
  }

  Result<void> fill() {
    chunk_start_ += filled_;
    used_ = 0;
    filled_ = std::fread(chunk_.data(), 1, chunk_.size(), file_.get());
    if (std::ferror(file_.get()) != 0)
      return unavailable(at("cannot be read: " + std::string(std::strerror(errno))));
    if (filled_ < chunk_.size()) ended_ = true;
    return {};
  }

  Result<std::size_t> copy(std::span<char> buffer) {
    if (used_ == filled_ && !ended_) FILMOTEKA_CHECK(fill());
    const auto count = std::min(buffer.size(), filled_ - used_);
    std::memcpy(buffer.data(), chunk_.data() + used_, count);
    used_ += count;
    return count;
  }

  Result<std::size_t> decode(std::span<char> buffer) {
    std::size_t produced = 0;
    while (produced < buffer.size()) {
      if (used_ == filled_ && !ended_) FILMOTEKA_CHECK(fill());
      auto step =
          decoder_->decode({chunk_.data() + used_, filled_ - used_}, buffer.subspan(produced), ended_);
      if (step.has_error()) {
        auto error = std::move(step).error();
        error.message = at(error.message);
        return error;
      }
      used_ += step->consumed;
      produced += step->produced;
      const bool input_ended = used_ == filled_ && ended_;
      if (step->consumed > 0 || step->produced > 0) continue;
      if (input_ended && step->at_boundary) break;
      return corrupt(at(input_ended ? "the file is cut off" : "damaged data"));
    }
    return produced;
  }

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, FileCloser> file_;
  std::uint64_t size_;
  FileReaderSettings settings_;
  std::unique_ptr<Decoder> decoder_;
  Compression compression_ = Compression::kNone;
  std::vector<char> chunk_;
  std::size_t filled_ = 0;
  std::size_t used_ = 0;
  std::uint64_t chunk_start_ = 0;
  std::uint64_t decoded_ = 0;
  bool ended_ = false;
};

Result<FileReader> FileReader::open(const std::filesystem::path& path, FileReaderSettings settings) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return not_found("There is no file " + path.string() + ".");
  if (std::filesystem::is_directory(status))
    return invalid_argument(path.string() + " is a folder, not a file.");
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr)
    return unavailable(path.string() + " cannot be opened: " + std::string(std::strerror(errno)) + ".");
  const auto size = std::filesystem::file_size(path, error);
  auto state = std::make_unique<State>(path, file, error ? 0 : size, settings);
  FILMOTEKA_CHECK(state->start());
  return FileReader(std::move(state));
}

FileReader::FileReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileReader::~FileReader() = default;
FileReader::FileReader(FileReader&&) noexcept = default;
FileReader& FileReader::operator=(FileReader&&) noexcept = default;

Result<std::size_t> FileReader::read(std::span<char> buffer) {
  return state_->read(buffer);
}
Compression FileReader::compression() const {
  return state_->compression();
}
std::uint64_t FileReader::file_position() const {
  return state_->position();
}
std::uint64_t FileReader::file_size() const {
  return state_->size();
}
std::uint64_t FileReader::decoded_bytes() const {
  return state_->decoded();
}

}  // namespace filmoteka::fetch
