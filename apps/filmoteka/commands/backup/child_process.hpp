/// Another program that does part of a command's work: pg_dump, pg_restore, psql.
#pragma once

#include <filmoteka/base/result.hpp>

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace filmoteka::app {

struct ChildCommand {
  std::vector<std::string> arguments;  ///< the program first: a path, or a name that is looked for
  std::map<std::string, std::string> environment;  ///< in addition to ours
  int input = -1;                                  ///< its standard input; -1: nothing
  int output = -1;                                 ///< its standard output; -1: nowhere
};

/// Ended and waited for at the latest with the object; it ends when we are killed, too. Start it from a
/// process with one thread.
class ChildProcess {
 public:
  /// kNotFound: there is no such program. The descriptors stay the caller's.
  static Result<ChildProcess> start(const ChildCommand& command);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;
  ~ChildProcess();

  /// True when it has ended.
  bool has_ended();
  /// Waits for the end. kUnavailable with the last line that it wrote to standard error, unless it succeeded.
  Result<void> wait();

 private:
  ChildProcess(std::string name, pid_t process, int errors)
      : name_(std::move(name)), process_(process), errors_(errors) {}
  std::string last_words() const;

  std::string name_;
  pid_t process_ = -1;
  int errors_ = -1;  ///< what it writes to standard error
  int status_ = 0;
};

}  // namespace filmoteka::app
