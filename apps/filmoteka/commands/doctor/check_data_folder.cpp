#include <filmoteka/commands/backup/files.hpp>
#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/commands/doctor/judge.hpp>
#include <filmoteka/commands/doctor/proc.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace filmoteka::app::doctor {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWhat = "data folder";
constexpr std::array kFiles = {"lock", "metadata.db", "metadata.db-wal", "scraper.db", "scraper.db-wal"};

/// As who runs this; 0 or an errno.
int may_write(const fs::path& path) {
  return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0 ? 0 : errno;
}

std::string owner_of(const fs::path& path) {
  struct stat file {};
  return ::stat(path.c_str(), &file) == 0 ? std::to_string(file.st_uid) : "nobody";
}

Findings check_writable(const fs::path& folder) {
  Findings findings;
  const auto check = [&](const fs::path& path) {
    const int error = may_write(path);
    if (error == 0) return;
    findings.push_back(wrong(kWhat, path.string() + " cannot be written (" +
                                        std::generic_category().message(error) + "); it belongs to user " +
                                        owner_of(path) + ", this is user " + std::to_string(::geteuid()) +
                                        ": run as its owner, or chown -R it"));
  };
  check(folder);
  std::error_code error;
  for (const char* name : kFiles) {
    if (fs::exists(folder / name, error)) check(folder / name);
  }
  return findings;
}

void check_disk(const fs::path& folder, Findings& findings) {
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) != 0) return;
  DiskFacts facts;
  facts.folder = folder.string();
  facts.free_bytes = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
  facts.size_bytes = static_cast<std::uint64_t>(disk.f_blocks) * disk.f_frsize;
  for (const char* name : {"metadata.db", "scraper.db"}) {
    std::error_code error;
    const auto size = fs::file_size(folder / name, error);
    if (!error) facts.database_bytes += size;
  }
  for (Finding& finding : judge_disk(facts)) findings.push_back(std::move(finding));
}

}  // namespace

Findings check_data_folder(const Subject& subject) {
  const fs::path& folder = subject.settings.data();
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status))
    return {note(kWhat, folder.string() + " does not exist yet: `filmoteka up` makes it")};
  if (!fs::is_directory(status))
    return {wrong(kWhat, folder.string() + " is no folder: name one with --data")};
  Findings findings = check_writable(folder);
  if (findings.empty()) findings.push_back(ok(kWhat, folder.string() + " can be written"));
  if (subject.holder) {
    findings.push_back(ok(kWhat, "served by " + process_name(subject.holder->pid) + " (process " +
                                     std::to_string(subject.holder->pid) + ")"));
  } else {
    findings.push_back(ok(kWhat, "served by nobody now"));
  }
  check_disk(folder, findings);
  return findings;
}

}  // namespace filmoteka::app::doctor
