/// A real PostgreSQL of a test's own: in a temporary folder, on a unix socket, ended with the object.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::testing {

struct PostgresOptions {
  bool fsync = false;                 ///< on where durability or speed is what is tested
  std::vector<std::string> settings;  ///< "shared_buffers=64MB"
};

/// Runs as the user postgres (or nobody) when the test is root, for PostgreSQL refuses root. A folder made
/// once by initdb is kept beside the test program and copied. Throws std::runtime_error, with the server's
/// log, when it does not come up. Make and destroy it on the main thread: the server ends when that thread
/// does, even when the test crashes.
class PostgresServer {
 public:
  explicit PostgresServer(PostgresOptions options = {});
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  /// A new, empty database; its URL.
  std::string create_database();
  std::string url(std::string_view database) const;

  /// SIGKILL to the postmaster and all of its processes: what was not on the disk is gone, nothing said
  /// goodbye.
  void kill();
  /// Starts it again on the same folder; it recovers.
  void start();
  /// SIGSTOP to all of its processes: connections stay open, new ones are taken, nothing is answered, as by a
  /// host that hangs. Until resume(), kill() or the end.
  void pause();
  void resume();
  void restart() {
    kill();
    start();
  }
  /// One statement outside of everything; its first value, or "". Throws when it fails.
  std::string execute(std::string_view database, const std::string& sql);
  pid_t pid() const { return postmaster_; }

 private:
  void wait_until_ready();

  PostgresOptions options_;
  std::filesystem::path folder_;
  pid_t postmaster_ = -1;
  std::vector<pid_t> paused_;
  int databases_ = 0;
};

}  // namespace filmoteka::testing
