#include <filmoteka/commands/backup/files.hpp>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <vector>

namespace filmoteka::app {
namespace {

constexpr std::size_t kBlock = 1 << 20;

Error interrupted() {
  return {ErrorCode::kCancelled, "Interrupted.", {}, {}};
}

class File {
 public:
  File(const std::filesystem::path& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

std::uint64_t size_of(int descriptor) {
  struct stat file {};
  return ::fstat(descriptor, &file) == 0 ? static_cast<std::uint64_t>(file.st_size) : 0;
}

bool write_all(int descriptor, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(descriptor, data, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    data += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

/// Gives all of the file to `take`, which says whether to go on.
Result<void> read_blocks(const std::filesystem::path& path,
                         const std::function<Result<void>(std::string_view)>& take,
                         const ByteProgress& progress) {
  const File file(path, O_RDONLY);
  if (file.get() < 0) return file_error(path, errno);
  const std::uint64_t total = size_of(file.get());
  std::uint64_t done = 0;
  std::vector<char> block(kBlock);
  for (;;) {
    const ssize_t got = ::read(file.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error(path, errno);
    if (got == 0) return {};
    FILMOTEKA_CHECK(take({block.data(), static_cast<std::size_t>(got)}));
    done += static_cast<std::uint64_t>(got);
    if (progress && !progress(done, total)) return interrupted();
  }
}

Result<void> copy_blocks(const std::filesystem::path& from, const std::filesystem::path& to,
                         const ByteProgress& progress) {
  const File out(to, O_WRONLY | O_CREAT | O_TRUNC);
  if (out.get() < 0) return file_error(to, errno);
  const auto write_block = [&](std::string_view block) -> Result<void> {
    if (!write_all(out.get(), block.data(), block.size())) return file_error(to, errno);
    return {};
  };
  FILMOTEKA_CHECK(read_blocks(from, write_block, progress));
  if (::fsync(out.get()) != 0) return file_error(to, errno);
  return {};
}

std::string to_hex(const unsigned char* bytes, unsigned size) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

}  // namespace

Error file_error(const std::filesystem::path& path, int error) {
  std::string message = path.string() + ": " + std::generic_category().message(error) + ".";
  if (error == ENOSPC || error == EDQUOT) message += " Make room there, or choose another disk.";
  return unavailable(std::move(message));
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  std::string text;
  const auto take = [&](std::string_view block) -> Result<void> {
    if (text.size() + block.size() > max_bytes) return corrupt(path.string() + " is too large.");
    text += block;
    return {};
  };
  FILMOTEKA_CHECK(read_blocks(path, take, {}));
  return text;
}

Result<void> write_file(const std::filesystem::path& path, std::string_view text) {
  const File file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (file.get() < 0 || !write_all(file.get(), text.data(), text.size()) || ::fsync(file.get()) != 0)
    return file_error(path, errno);
  return {};
}

Result<void> copy_file_durably(const std::filesystem::path& from, const std::filesystem::path& to,
                               const ByteProgress& progress) {
  Result<void> copied = copy_blocks(from, to, progress);
  std::error_code ignored;
  if (copied.has_error()) std::filesystem::remove(to, ignored);
  return copied;
}

Result<void> sync_path(const std::filesystem::path& path) {
  const File file(path, O_RDONLY);
  if (file.get() < 0 || ::fsync(file.get()) != 0) return file_error(path, errno);
  return {};
}

Result<FileSum> sum_of(const std::filesystem::path& file, const ByteProgress& progress) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1)
    return internal("OpenSSL has no SHA-256");
  FileSum sum;
  const auto add = [&](std::string_view block) -> Result<void> {
    sum.bytes += block.size();
    if (EVP_DigestUpdate(context.get(), block.data(), block.size()) != 1)
      return internal("OpenSSL could not add up a block");
    return {};
  };
  FILMOTEKA_CHECK(read_blocks(file, add, progress));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_DigestFinal_ex(context.get(), digest.data(), &size) != 1)
    return internal("OpenSSL could not end a sum");
  sum.sha256 = to_hex(digest.data(), size);
  return sum;
}

}  // namespace filmoteka::app
