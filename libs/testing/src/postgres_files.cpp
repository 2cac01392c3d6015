#include "postgres_files.hpp"

#include "child_process.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <stdexcept>

namespace filmoteka::testing {
namespace fs = std::filesystem;
namespace {

void give(const fs::path& path, User user) {
  if (::lchown(path.c_str(), user.uid, user.gid) != 0)
    throw std::runtime_error("cannot chown " + path.string());
}

void give_all(const fs::path& folder) {
  const auto user = unprivileged_user();
  if (!user) return;
  give(folder, *user);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) give(entry.path(), *user);
}

void run_initdb(const fs::path& folder) {
  give_all(folder);
  const pid_t child = start_unprivileged({(postgres_programs() / "initdb").string(), "--pgdata",
                                          (folder / "data").string(), "--username=filmoteka", "--auth=trust",
                                          "--encoding=UTF8", "--locale=C", "--no-sync", "--wal-segsize=4"},
                                         folder / "log", SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (status != 0) throw std::runtime_error("initdb failed: " + read_text(folder / "log"));
}

/// Beside the test program, so that a cleaned build folder takes it along.
fs::path template_folder() {
  const std::string version = postgres_programs().parent_path().filename().string();
  return fs::read_symlink("/proc/self/exe").parent_path() / ("postgres-" + version + "-template");
}

void copy_data(const fs::path& from, const fs::path& to) {
  fs::copy(from, to, fs::copy_options::recursive);
  fs::permissions(to, fs::perms::owner_all);
}

}  // namespace

fs::path postgres_programs() {
  std::map<int, fs::path> found;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", none)) {
    if (fs::exists(entry.path() / "bin" / "postgres")) {
      found[std::stoi(entry.path().filename().string())] = entry.path() / "bin";
    }
  }
  if (found.empty()) throw std::runtime_error("no PostgreSQL server here: install the package postgresql-15");
  return found.rbegin()->second;
}

void make_cluster(const fs::path& folder) {
  const fs::path made = template_folder();
  if (!fs::exists(made)) {
    run_initdb(folder);
    // Several tests may start at once: each prepares its own, the first one's stays.
    const fs::path mine = made.string() + "." + std::to_string(::getpid());
    copy_data(folder / "data", mine);
    std::error_code was_there;
    fs::rename(mine, made, was_there);
    if (was_there) fs::remove_all(mine);
    return;
  }
  copy_data(made, folder / "data");
  give_all(folder);
}

}  // namespace filmoteka::testing
