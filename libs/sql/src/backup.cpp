#include "raw_sqlite.hpp"
#include "sqlite_error.hpp"

#include <filmoteka/sql/backup.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace filmoteka::sql {
namespace {

constexpr int kPagesPerStep = 2'048;  ///< 8 MiB: between two steps somebody may give up

struct FinishBackup {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};
using Backup = std::unique_ptr<sqlite3_backup, FinishBackup>;

std::uint64_t page_size_of(sqlite3* handle) {
  std::uint64_t size = 0;
  const auto take = [](void* out, int, char** values, char**) {
    *static_cast<std::uint64_t*>(out) = std::stoull(values[0]);
    return 0;
  };
  sqlite3_exec(handle, "PRAGMA page_size", take, &size, nullptr);
  return size;
}

Result<void> copy_pages(sqlite3* source, sqlite3* target, const BackupOptions& options) {
  const std::uint64_t page_size = page_size_of(source);
  Backup backup(sqlite3_backup_init(target, "main", source, "main"));
  if (!backup) return make_error(target, sqlite3_extended_errcode(target), "backup");
  for (;;) {
    const int code = sqlite3_backup_step(backup.get(), kPagesPerStep);
    if (code == SQLITE_DONE) break;
    if (code != SQLITE_OK) return make_error(nullptr, code, "backup");
    const auto total = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup.get()));
    const auto left = static_cast<std::uint64_t>(sqlite3_backup_remaining(backup.get()));
    if (options.progress && !options.progress((total - left) * page_size, total * page_size))
      return Error{ErrorCode::kCancelled, "The backup was interrupted.", {}, {}};
  }
  const int code = sqlite3_backup_finish(backup.release());
  if (code != SQLITE_OK) return make_error(target, code, "end of the backup");
  return {};
}

Result<void> sync_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (synced) return {};
  return unavailable("The file " + file.string() +
                     " cannot be written: " + std::generic_category().message(error) + ".");
}

}  // namespace

Result<void> back_up(const std::filesystem::path& source, const std::filesystem::path& target,
                     const BackupOptions& options) {
  {
    FILMOTEKA_TRY(const RawSqlite from, open_raw(source, SQLITE_OPEN_READONLY, options.immutable));
    FILMOTEKA_TRY(const RawSqlite to, open_raw(target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
    // What is half done is thrown away, and the whole is synced once.
    FILMOTEKA_CHECK(run_raw(to.get(), "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF"));
    // One state for all steps: a writer does not make the copy begin anew.
    FILMOTEKA_CHECK(run_raw(from.get(), "BEGIN; SELECT count(*) FROM sqlite_schema"));
    FILMOTEKA_CHECK(copy_pages(from.get(), to.get(), options));
  }
  return sync_file(target);
}

}  // namespace filmoteka::sql
