#include "process_group.hpp"

#include <filmoteka/base/strings.hpp>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

namespace filmoteka::browser {

namespace {

using namespace std::chrono_literals;

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The sixth field of /proc/PID/stat; the second one, in brackets, may have anything in it.
pid_t session_of(const std::filesystem::path& process) {
  const auto text = read_file(process / "stat");
  const auto end = text.rfind(')');
  if (end == std::string::npos) return -1;
  std::istringstream fields(text.substr(end + 1));
  std::string state;
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
  fields >> state >> parent >> group >> session;
  return state == "Z" ? -1 : session;
}

std::vector<pid_t> members(const std::string& mark, pid_t session) {
  std::vector<pid_t> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const auto number = parse_number<pid_t>(entry.path().filename().string());
    if (!number || *number == ::getpid()) continue;
    const bool is_in_session = session > 0 && session_of(entry.path()) == session;
    if (is_in_session || read_file(entry.path() / "cmdline").find(mark) != std::string::npos)
      found.push_back(*number);
  }
  return found;
}

}  // namespace

int kill_marked(const std::string& mark, pid_t session) {
  // What is killed may have started something meanwhile.
  int killed = 0;
  for (int round = 0; round < 50; ++round) {
    const auto left = members(mark, session);
    if (left.empty()) break;
    for (const auto process : left) ::kill(process, SIGKILL);
    killed += round == 0 ? static_cast<int>(left.size()) : 0;
    std::this_thread::sleep_for(10ms);
  }
  return killed;
}

Result<ProcessGroup> ProcessGroup::start(const std::vector<std::string>& command,
                                         const std::filesystem::path& log, std::string mark) {
  // setpriv is part of every Debian; a child can't be told to die with us by posix_spawn itself.
  std::vector<std::string> whole = {"setpriv", "--pdeathsig", "KILL"};
  whole.insert(whole.end(), command.begin(), command.end());
  std::vector<char*> arguments;
  for (auto& argument : whole) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  pid_t leader = 0;
  // Nothing of our own environment is a page's business.
  std::string path = "PATH=/usr/local/bin:/usr/bin:/bin";
  std::string home = "HOME=" + log.parent_path().string();
  std::array<char*, 3> variables = {path.data(), home.data(), nullptr};
  const int failure =
      posix_spawnp(&leader, "setpriv", &files, &attributes, arguments.data(), variables.data());
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) return unavailable("The browser cannot be started.", std::strerror(failure));
  return ProcessGroup(leader, std::move(mark));
}

ProcessGroup::ProcessGroup(ProcessGroup&& other) noexcept
    : leader_(std::exchange(other.leader_, 0)), mark_(std::move(other.mark_)) {}

ProcessGroup::~ProcessGroup() {
  kill();
}

void ProcessGroup::kill() {
  if (leader_ <= 0) return;
  kill_marked(mark_, leader_);
  ::kill(leader_, SIGKILL);
  ::waitpid(leader_, nullptr, 0);
  leader_ = 0;
}

bool ProcessGroup::is_running() {
  if (leader_ <= 0) return false;
  if (::waitpid(leader_, nullptr, WNOHANG) == 0) return true;
  kill_marked(mark_, leader_);
  leader_ = 0;
  return false;
}

}  // namespace filmoteka::browser
