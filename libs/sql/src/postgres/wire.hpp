/// A PGconn that waits by coroutines.
#pragma once

#include "connect_target.hpp"

#include <filmoteka/async/descriptor.hpp>
#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/base/strings.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct pg_conn;
struct pg_result;

namespace filmoteka::sql::postgres {

class Wire {
 public:
  explicit Wire(Executor executor) : executor_(executor) {}
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Ends in pipeline mode.
  Task<Result<void>> connect(const ConnectParameters& parameters);
  void close();
  bool is_open() const { return connection_ != nullptr; }
  /// Open, nothing under way, and the server has not hung up. Reads what has come, without waiting.
  bool is_quiet();
  bool in_transaction() const;

  /// Sends what is queued while it reads, until libpq has a result (nullptr: the end of a statement's
  /// results). kUnavailable: lost, and closed.
  Task<Result<pg_result*>> next_result();
  /// Until something came in. Same error.
  Task<Result<void>> wait_for_input();
  std::vector<std::string> take_notifications();
  std::string quoted(const std::string& identifier) const;

  /// Closes it.
  Error lost(std::string_view what);

  pg_conn* get() { return connection_; }
  /// The names of the statements that the server has prepared, by their texts.
  std::unordered_map<std::string, std::string, StringHash, std::equal_to<>> prepared;

 private:
  Task<Result<void>> handshake();

  Executor executor_;
  pg_conn* connection_ = nullptr;
  std::optional<DescriptorWatch> watch_;
};

}  // namespace filmoteka::sql::postgres
