/// A program and all that it starts, ended together. Internal.
#pragma once

#include <filmoteka/base/result.hpp>

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace filmoteka::browser {

class ProcessGroup {
 public:
  /// Starts `command` in a session of its own, without input, output into `log`; it is killed when this
  /// process dies. `mark`: a text in the command lines of processes that belong to it whatever session they
  /// are in.
  static Result<ProcessGroup> start(const std::vector<std::string>& command, const std::filesystem::path& log,
                                    std::string mark);
  ~ProcessGroup();  ///< kills
  ProcessGroup(ProcessGroup&& other) noexcept;
  ProcessGroup& operator=(ProcessGroup&&) = delete;

  /// Ends all of them at once and waits for the first. Blocks for some milliseconds.
  void kill();
  bool is_running();

 private:
  ProcessGroup(pid_t leader, std::string mark) : leader_(leader), mark_(std::move(mark)) {}
  pid_t leader_;
  std::string mark_;
};

/// Kills processes whose command line has `mark` in it, and those of `session` (0: none). Returns how many
/// there were.
int kill_marked(const std::string& mark, pid_t session);

}  // namespace filmoteka::browser
