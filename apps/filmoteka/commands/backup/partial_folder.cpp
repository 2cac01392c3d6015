#include <filmoteka/commands/backup/files.hpp>
#include <filmoteka/commands/backup/partial_folder.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace filmoteka::app {
namespace {

namespace fs = std::filesystem;

Error conflict(std::string message) {
  return {ErrorCode::kConflict, std::move(message), {}, {}};
}

Error exists_already(const fs::path& folder) {
  return conflict(folder.string() +
                  " exists already: name a folder that does not; a backup is never overwritten.");
}

/// Without a slash at its end.
fs::path tidy(const fs::path& folder) {
  const fs::path normal = fs::absolute(folder).lexically_normal();
  return normal.has_filename() ? normal : normal.parent_path();
}

fs::path parent_of(const fs::path& folder) {
  return folder.has_parent_path() ? folder.parent_path() : fs::path(".");
}

Result<void> remove_contents(const fs::path& folder) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    fs::remove_all(entry.path(), error);
    if (error) return file_error(entry.path(), error.value());
  }
  if (error) return file_error(folder, error.value());
  return {};
}

}  // namespace

Result<PartialFolder> PartialFolder::make(fs::path folder) {
  folder = tidy(folder);
  std::error_code error;
  if (fs::exists(folder, error)) return exists_already(folder);
  const fs::path partial = folder.string() + ".partial";
  fs::create_directories(parent_of(folder), error);
  if (error) return file_error(parent_of(folder), error.value());
  constexpr mode_t kOwnerOnly = 0700;
  if (::mkdir(partial.c_str(), kOwnerOnly) != 0 && errno != EEXIST) return file_error(partial, errno);
  const int lock = ::open(partial.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0) return file_error(partial, errno);
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return conflict("Another backup is being written to " + partial.string() + ": wait for its end.");
  }
  PartialFolder made(std::move(folder), partial, lock);
  FILMOTEKA_CHECK(remove_contents(partial));
  return made;
}

PartialFolder::PartialFolder(PartialFolder&& other) noexcept
    : folder_(std::move(other.folder_)),
      partial_(std::move(other.partial_)),
      lock_(std::exchange(other.lock_, -1)) {}

PartialFolder::~PartialFolder() {
  if (lock_ < 0) return;
  std::error_code ignored;
  fs::remove_all(partial_, ignored);
  ::close(lock_);
}

Result<void> PartialFolder::commit() {
  FILMOTEKA_CHECK(sync_path(partial_));
  int renamed = ::renameat2(AT_FDCWD, partial_.c_str(), AT_FDCWD, folder_.c_str(), RENAME_NOREPLACE);
  // A file system that cannot say "unless it is there".
  if (renamed != 0 && errno == EINVAL) renamed = ::rename(partial_.c_str(), folder_.c_str());
  if (renamed != 0) return errno == EEXIST ? exists_already(folder_) : file_error(folder_, errno);
  ::close(std::exchange(lock_, -1));
  return sync_path(parent_of(folder_));
}

}  // namespace filmoteka::app
