#include <filmoteka/kit/data_folder.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

namespace filmoteka::kit {
namespace {

namespace fs = std::filesystem;

std::string reason(int error) {
  return std::generic_category().message(error);
}

/// An open-file-description lock of the whole file (fcntl(2)): two descriptors conflict even within one
/// process, and it can be asked about without being taken.
struct flock whole_file() {
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  return range;
}

fs::path lock_path(const fs::path& folder) {
  return folder / "lock";
}
fs::path addresses_path(const fs::path& folder) {
  return folder / "addresses.json";
}

Result<void> make_folder(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return {};
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  constexpr mode_t kOwnerOnly = 0700;
  if (::mkdir(path.c_str(), kOwnerOnly) == 0 || errno == EEXIST) return {};
  return unavailable("Cannot make the data folder " + path.string() + ": " + reason(errno) +
                     ". Give another one with --data DIR.");
}

std::string holder_of(const fs::path& path) {
  std::ifstream file(lock_path(path));
  long pid = 0;
  return file >> pid ? "process " + std::to_string(pid) : "another process";
}

Result<void> write_whole(const fs::path& path, const std::string& text) {
  const fs::path fresh = path.string() + ".new";
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return unavailable("Cannot write " + fresh.string() + ": " + reason(errno) + ".");
  const ssize_t written = ::write(file, text.data(), text.size());
  const int error = written < 0 ? errno : ENOSPC;
  ::close(file);
  if (written != static_cast<ssize_t>(text.size())) {
    return unavailable("Cannot write " + fresh.string() + ": " + reason(error) + ".");
  }
  if (::rename(fresh.c_str(), path.c_str()) == 0) return {};
  return unavailable("Cannot write " + path.string() + ": " + reason(errno) + ".");
}

std::optional<Addresses> read_addresses(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  boost::json::error_code error;
  const auto value = boost::json::parse(text, error);
  const auto* object = value.if_object();
  if (error || object == nullptr) return std::nullopt;
  const auto text_of = [&](const char* name) {
    const auto* member = object->if_contains(name);
    return member != nullptr && member->is_string() ? std::string(member->get_string()) : std::string();
  };
  const auto* pid = object->if_contains("pid");
  if (pid == nullptr || !pid->is_int64()) return std::nullopt;
  return Addresses{static_cast<long>(pid->get_int64()), text_of("gateway"), text_of("metadata"),
                   text_of("scraper")};
}

}  // namespace

Result<DataFolder> DataFolder::open(const fs::path& path) {
  FILMOTEKA_CHECK(make_folder(path));
  const int file = ::open(lock_path(path).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return unavailable("Cannot write in the data folder " + path.string() + ": " + reason(errno) + ".");
  }
  struct flock range = whole_file();
  if (::fcntl(file, F_OFD_SETLK, &range) != 0) {
    const int error = errno;
    ::close(file);
    if (error != EAGAIN && error != EACCES) {
      return unavailable("Cannot lock the data folder " + path.string() + ": " + reason(error) + ".");
    }
    return Error{ErrorCode::kConflict,
                 "The data folder " + path.string() + " is used by " + holder_of(path) +
                     ". Stop it, or give another folder with --data DIR.",
                 {},
                 {}};
  }
  DataFolder folder(path, file);
  // What a killed process has left: its addresses are nobody's now.
  std::error_code ignored;
  fs::remove(addresses_path(path), ignored);
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(file, 0) != 0 || ::write(file, pid.data(), pid.size()) < 0) {
    return unavailable("Cannot write in the data folder " + path.string() + ": " + reason(errno) + ".");
  }
  return folder;
}

DataFolder::~DataFolder() {
  close();
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)),
      lock_(std::exchange(other.lock_, -1)),
      published_(std::exchange(other.published_, false)) {}

DataFolder& DataFolder::operator=(DataFolder&& other) noexcept {
  if (this == &other) return *this;
  close();
  path_ = std::move(other.path_);
  lock_ = std::exchange(other.lock_, -1);
  published_ = std::exchange(other.published_, false);
  return *this;
}

void DataFolder::close() noexcept {
  if (lock_ < 0) return;
  if (published_) ::unlink(addresses_path(path_).c_str());
  ::close(lock_);
  lock_ = -1;
}

Result<void> DataFolder::publish(Addresses addresses) {
  const boost::json::value value = {{"pid", ::getpid()},
                                    {"gateway", addresses.gateway},
                                    {"metadata", addresses.metadata},
                                    {"scraper", addresses.scraper}};
  published_ = true;
  return write_whole(addresses_path(path_), boost::json::serialize(value) + "\n");
}

Result<std::optional<Addresses>> DataFolder::find_holder(const fs::path& path) {
  const int file = ::open(lock_path(path).c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::optional<Addresses>();
    return unavailable("Cannot look into the data folder " + path.string() + ": " + reason(errno) + ".");
  }
  struct flock range = whole_file();
  const int asked = ::fcntl(file, F_OFD_GETLK, &range);
  const int error = errno;
  ::close(file);
  if (asked != 0)
    return unavailable("Cannot ask about the lock of " + path.string() + ": " + reason(error) + ".");
  if (range.l_type == F_UNLCK) return std::optional<Addresses>();
  if (auto addresses = read_addresses(addresses_path(path))) return addresses;
  return unavailable("The data folder " + path.string() + " is used by " + holder_of(path) +
                     ", which has not said where it answers. Try again in a moment.");
}

}  // namespace filmoteka::kit
