/// A real Redis of a test's own: in a temporary folder, without persistence, ended with the object.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace filmoteka::testing {

struct RedisOptions {
  bool tcp = false;           ///< on a free port of 127.0.0.1 instead of a unix socket
  std::string password = {};  ///< empty: it lets everybody in
};

/// Runs as an unprivileged user when the test is root. Throws std::runtime_error, with the server's log, when
/// it does not come up. Make and destroy it on the main thread: the server ends when that thread does, even
/// when the test crashes.
class RedisServer {
 public:
  explicit RedisServer(RedisOptions options = {});
  ~RedisServer();
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  /// "unix:///…/redis.sock" or "redis://127.0.0.1:…", with the password; the same after a restart.
  std::string url() const;

  /// SIGKILL; what it held is gone.
  void kill();
  /// Starts it again at the same address, empty.
  void start();
  void restart() {
    kill();
    start();
  }
  /// SIGSTOP: it takes connections and bytes, and answers nothing, until resume().
  void pause();
  void resume();
  /// Forgets all keys.
  void wipe();

  /// One command; its reply as text: a string's bytes, a number's digits, an array's elements in lines; ""
  /// for nil. Throws on an error.
  std::string execute(const std::vector<std::string>& command);
  pid_t pid() const { return process_; }

 private:
  std::vector<std::string> command_line() const;
  bool answers();

  RedisOptions options_;
  std::filesystem::path folder_;
  std::uint16_t port_ = 0;
  pid_t process_ = -1;
};

}  // namespace filmoteka::testing
