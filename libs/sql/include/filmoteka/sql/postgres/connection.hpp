/// One connection to PostgreSQL on a coroutine's io_context: libpq without blocking, in pipeline mode.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/postgres/parameters.hpp>
#include <filmoteka/sql/postgres/rows.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::sql::postgres {

struct ConnectSettings {
  /// postgresql://user:password@host:port/database?sslmode=…, or key=value pairs; several hosts are tried in
  /// their order until one takes writes. What is missing has libpq's defaults.
  std::string url;
  std::string schema = "public";  ///< where names without a schema are looked up and made
  std::string application_name = "filmoteka";
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds statement_timeout{60'000};
  std::chrono::milliseconds lock_timeout{20'000};
  std::chrono::milliseconds idle_in_transaction_timeout{60'000};
  std::chrono::milliseconds tcp_user_timeout{
      15'000};  ///< sent bytes not acknowledged: the peer is gone; on both sides
};

/// One thread, one call at a time. Every statement is prepared when it is first used on this connection.
///
/// When a deadline passes, or the caller is cancelled, in the middle of a call, the connection is closed: the
/// server notices within half a second (client_connection_check_interval), ends the statement and rolls back.
///
/// Errors: kUnavailable (connection lost, server stopping or out of resources, time limits of the server,
/// serialization failures and deadlocks: all may be tried again), kDeadlineExceeded, kConflict (a
/// constraint), kCorrupt, kInternal (our SQL is wrong). If the connection is lost while COMMIT is under way,
/// the error is kUnavailable or kDeadlineExceeded and **nobody knows whether the transaction was committed**:
/// the caller repeats what is idempotent, or reads what has become of it.
class Connection {
 public:
  static Task<Result<std::unique_ptr<Connection>>> open(const ConnectSettings& settings, Deadline deadline);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs all statements in one round trip, each one's rows at its place. Without BEGIN they are one
  /// transaction. After the first that fails the rest is not run, and its error is returned. `batch` lives
  /// until it returns.
  Task<Result<std::vector<Rows>>> run(const Batch& batch, Deadline deadline);
  /// One statement.
  Task<Result<Rows>> query(Deadline deadline, std::string_view sql, Parameters parameters = Parameters());
  /// Any number of statements in one text (migrations), not prepared; one transaction unless it says
  /// otherwise.
  Task<Result<void>> run_script(std::string sql, Deadline deadline);

  /// Listens on a channel; then wait_for_notifications() returns payloads as they come.
  Task<Result<void>> listen(std::string channel, Deadline deadline);
  Task<Result<std::vector<std::string>>> wait_for_notifications();

  /// False once it was lost or dropped: throw it away. Looks at the socket, does not wait.
  bool is_usable();
  bool in_transaction() const;
  /// Closes it now; the server rolls back what was open.
  void drop();

 private:
  struct State;
  explicit Connection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace filmoteka::sql::postgres
