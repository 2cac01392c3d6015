#include <filmoteka/base/strings.hpp>
#include <filmoteka/commands/backup/child_process.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace filmoteka::app {
namespace {

[[noreturn]] void become(const ChildCommand& command, std::vector<char*>& arguments, int errors,
                         int failure) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(command.input < 0 ? nothing : command.input, STDIN_FILENO);
  ::dup2(command.output < 0 ? nothing : command.output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  for (const auto& [name, value] : command.environment) ::setenv(name.c_str(), value.c_str(), 1);
  // What it says is looked for in English, and shown.
  ::setenv("LC_ALL", "C", 1);
  ::execvp(arguments[0], arguments.data());
  const int error = errno;
  (void)!::write(failure, &error, sizeof(error));
  ::_exit(127);
}

Error not_started(const std::string& name, int error) {
  if (error == ENOENT) return not_found("There is no program " + name + ".");
  return unavailable("The program " + name + " cannot be started: " + std::generic_category().message(error) +
                     ".");
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const ChildCommand& command) {
  std::vector<std::string> texts = command.arguments;
  std::vector<char*> arguments;
  for (std::string& text : texts) arguments.push_back(text.data());
  arguments.push_back(nullptr);
  const std::string name = std::filesystem::path(texts.front()).filename().string();
  const int errors = ::memfd_create("errors", MFD_CLOEXEC);
  std::array<int, 2> failure{-1, -1};
  if (errors < 0 || ::pipe2(failure.data(), O_CLOEXEC) != 0) {
    const int error = errno;
    if (errors >= 0) ::close(errors);
    return not_started(name, error);
  }
  const pid_t process = ::fork();
  if (process == 0) become(command, arguments, errors, failure[1]);
  int error = process < 0 ? errno : 0;
  ::close(failure[1]);
  if (process > 0 && ::read(failure[0], &error, sizeof(error)) < 0) error = 0;
  ::close(failure[0]);
  if (error == 0) return ChildProcess(name, process, errors);
  if (process > 0) ::waitpid(process, nullptr, 0);
  ::close(errors);
  return not_started(name, error);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : name_(std::move(other.name_)),
      process_(std::exchange(other.process_, -1)),
      errors_(std::exchange(other.errors_, -1)),
      status_(other.status_) {}

ChildProcess::~ChildProcess() {
  if (process_ > 0 && !has_ended()) {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  if (errors_ >= 0) ::close(errors_);
}

bool ChildProcess::has_ended() {
  if (process_ > 0 && ::waitpid(process_, &status_, WNOHANG) == process_) process_ = -1;
  return process_ < 0;
}

Result<void> ChildProcess::wait() {
  if (process_ > 0) ::waitpid(process_, &status_, 0);
  process_ = -1;
  if (WIFEXITED(status_) && WEXITSTATUS(status_) == 0) return {};
  return unavailable(name_ + " failed: " + last_words());
}

std::string ChildProcess::last_words() const {
  std::string text(64 * 1024, '\0');
  struct stat file {};
  const off_t size = ::fstat(errors_, &file) == 0 ? file.st_size : 0;
  const auto wanted = static_cast<off_t>(text.size());
  const ssize_t got = ::pread(errors_, text.data(), text.size(), size > wanted ? size - wanted : 0);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  // The first complaint is the cause, those after it follow from it.
  for (const std::string_view line : split(text, '\n')) {
    if (line.find("error:") != std::string_view::npos || line.find("ERROR:") != std::string_view::npos ||
        line.find("FATAL:") != std::string_view::npos)
      return std::string(trim(line));
  }
  const std::string_view rest = trim(text);
  if (rest.empty()) return WIFSIGNALED(status_) ? "a signal ended it" : "it did not say why";
  return std::string(rest.substr(rest.rfind('\n') + 1));
}

}  // namespace filmoteka::app
