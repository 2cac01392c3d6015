#include "child_process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace filmoteka::testing {
namespace fs = std::filesystem;

std::optional<User> unprivileged_user() {
  if (::geteuid() != 0) return std::nullopt;
  const passwd* entry = ::getpwnam("postgres");
  if (entry == nullptr) entry = ::getpwnam("nobody");
  if (entry == nullptr)
    throw std::runtime_error("neither a user postgres nor nobody: PostgreSQL refuses root");
  return User{entry->pw_uid, entry->pw_gid};
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

std::string read_text(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace filmoteka::testing
