// pg_restore writes the archive as SQL, psql runs it; between the two we begin the transaction, make room,
// and commit only when pg_restore has come to its end.
#include <filmoteka/commands/backup/postgres_part.hpp>
#include <filmoteka/commands/backup/postgres_programs.hpp>
#include <filmoteka/sql/postgres/client_environment.hpp>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::app {
namespace {

constexpr int kLookMs = 200;

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  ~Pipe() {
    close_reader();
    close_writer();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void close_reader() { close(ends_[0]); }
  void close_writer() { close(ends_[1]); }

 private:
  static void close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  std::array<int, 2> ends_{-1, -1};
};

/// Schemas are dropped whole: what a newer program has added goes with them. Nobody migrates meanwhile; the
/// row that each writer locks first is locked first here, too, so that writers and we do not lock each other
/// out.
std::string begin_script(const std::vector<std::string>& services) {
  std::string sql = "BEGIN;\nSET lock_timeout = '60s';\n";
  for (const std::string& service : services) {
    sql += "SELECT pg_advisory_xact_lock(hashtextextended('filmoteka migrations of " + service + "', 0));\n";
  }
  sql +=
      "DO $$ BEGIN IF to_regclass('metadata.catalogue') IS NOT NULL THEN"
      " LOCK TABLE metadata.catalogue IN ACCESS EXCLUSIVE MODE; END IF; END $$;\n"
      "SET LOCAL client_min_messages = warning;\n";
  for (const std::string& service : services) sql += "DROP SCHEMA IF EXISTS " + service + " CASCADE;\n";
  return sql;
}

/// False: psql has gone.
bool send(int to, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(to, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Until `from` ends or `to` has gone.
Result<void> relay(int from, int to, const ByteProgress& progress) {
  std::vector<char> block(std::size_t{1} << 16);
  std::uint64_t done = 0;
  for (;;) {
    if (progress && !progress(done, 0)) return Error{ErrorCode::kCancelled, "Interrupted.", {}, {}};
    pollfd waiting{from, POLLIN, 0};
    if (::poll(&waiting, 1, kLookMs) <= 0) continue;
    const ssize_t got = ::read(from, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || !send(to, {block.data(), static_cast<std::size_t>(got)})) return {};
    done += static_cast<std::uint64_t>(got);
  }
}

}  // namespace

Result<void> restore_postgres(const std::string& url, const std::vector<std::string>& services,
                              const std::filesystem::path& file, const ByteProgress& progress) {
  Pipe archive;
  Pipe statements;
  ChildCommand reading;
  reading.arguments = {"--no-owner", "--no-acl", "--file=-", file.string()};
  reading.output = archive.writer();
  ChildCommand running;
  FILMOTEKA_TRY(running.environment, sql::postgres::client_environment(url));
  running.arguments = {"--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--file=-"};
  running.input = statements.reader();
  FILMOTEKA_TRY(ChildProcess restore, start_postgres_program("pg_restore", std::move(reading)));
  archive.close_writer();
  FILMOTEKA_TRY(ChildProcess psql, start_postgres_program("psql", std::move(running)));
  statements.close_reader();
  // Whether psql took it shows at its end.
  (void)send(statements.writer(), begin_script(services));
  FILMOTEKA_CHECK(relay(archive.reader(), statements.writer(), progress));
  archive.close_reader();
  const Result<void> read = restore.wait();
  // Without the last word psql rolls back what it was told.
  if (read.has_value()) (void)send(statements.writer(), "\n;COMMIT;\n");
  statements.close_writer();
  const Result<void> run = psql.wait();
  if (run.has_error()) return run.error();
  return read;
}

}  // namespace filmoteka::app
