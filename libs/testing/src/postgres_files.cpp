#include "postgres_files.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>

namespace filmoteka::testing {
namespace fs = std::filesystem;
namespace {

struct User {
  uid_t uid;
  gid_t gid;
};

/// Nobody else when we are not root.
std::optional<User> unprivileged_user() {
  if (::geteuid() != 0) return std::nullopt;
  const passwd* entry = ::getpwnam("postgres");
  if (entry == nullptr) entry = ::getpwnam("nobody");
  if (entry == nullptr)
    throw std::runtime_error("neither a user postgres nor nobody: PostgreSQL refuses root");
  return User{entry->pw_uid, entry->pw_gid};
}

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

pid_t start_unprivileged(const std::vector<std::string>& command, const fs::path& log, int end_signal) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const auto user = unprivileged_user();
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child > 0) return child;
  // Only what is safe after a fork, up to exec.
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  const int input = ::open("/dev/null", O_RDONLY);
  ::dup2(input, 0);
  ::dup2(output, 1);
  ::dup2(output, 2);
  for (int descriptor = 3; descriptor < 256; ++descriptor) ::close(descriptor);
  const bool dropped =
      !user || (::setgroups(0, nullptr) == 0 && ::setgid(user->gid) == 0 && ::setuid(user->uid) == 0);
  ::prctl(PR_SET_PDEATHSIG, end_signal);
  if (!dropped || ::chdir("/") != 0 || ::getppid() != parent) ::_exit(126);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
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

std::string read_text(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace filmoteka::testing
