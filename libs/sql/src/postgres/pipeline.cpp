#include "pipeline.hpp"

#include "postgres_error.hpp"

#include <libpq-fe.h>

#include <optional>
#include <set>

namespace filmoteka::sql::postgres {
namespace {

using OwnedResult = std::unique_ptr<PGresult, void (*)(PGresult*)>;

/// One message to the server whose answer is to come.
struct Expected {
  const Batch::Statement* statement;
  std::string prepares;  ///< the name that it prepares; empty: it runs
};

bool send_prepare(Wire& wire, const Batch::Statement& statement, const std::string& name) {
  std::vector<Oid> types;
  for (const Parameters::Value& value : statement.parameters.values()) {
    types.push_back(static_cast<Oid>(value.type));
  }
  const std::string text(statement.sql);
  return PQsendPrepare(wire.get(), name.c_str(), text.c_str(), static_cast<int>(types.size()),
                       types.data()) == 1;
}

bool send_run(Wire& wire, const Batch::Statement& statement, const std::string& name) {
  const auto& values = statement.parameters.values();
  std::vector<const char*> pointers;
  std::vector<int> lengths;
  for (const Parameters::Value& value : values) {
    const bool is_null = value.length < 0;
    pointers.push_back(is_null ? nullptr : statement.parameters.data() + value.offset);
    lengths.push_back(is_null ? 0 : value.length);
  }
  const std::vector<int> binary(values.size(), 1);
  return PQsendQueryPrepared(wire.get(), name.c_str(), static_cast<int>(values.size()), pointers.data(),
                             lengths.data(), binary.data(), 1) == 1;
}

/// Queues everything. False: the wire is of no use.
bool queue_batch(Wire& wire, const Batch& batch, std::vector<Expected>& expected) {
  std::unordered_map<std::string_view, std::string> preparing;
  for (const Batch::Statement& statement : batch.statements()) {
    const auto known = wire.prepared.find(statement.sql);
    std::string name = known == wire.prepared.end() ? "" : known->second;
    if (name.empty()) {
      const auto [place, is_new] =
          preparing.try_emplace(statement.sql, "s" + std::to_string(wire.prepared.size() + preparing.size()));
      name = place->second;
      if (is_new) {
        expected.push_back({&statement, name});
        if (!send_prepare(wire, statement, name)) return false;
      }
    }
    expected.push_back({&statement, {}});
    if (!send_run(wire, statement, name)) return false;
  }
  return PQpipelineSync(wire.get()) == 1;
}

class Answers {
 public:
  explicit Answers(Wire& wire) : wire_(wire) {}

  void take(const Expected& expected, OwnedResult result) {
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_FATAL_ERROR) {
      const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
      outdated_ = outdated_ || (state != nullptr && needs_new_connection(state));
      if (!failure_) failure_ = result_error(result.get(), expected.statement->sql);
    } else if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
      if (expected.prepares.empty()) {
        rows_.emplace_back(result.release());
      } else {
        wire_.prepared.emplace(expected.statement->sql, expected.prepares);
      }
    } else if (status != PGRES_PIPELINE_ABORTED && !failure_) {
      failure_ = internal("a statement that is no query: " + std::string(expected.statement->sql));
    }
  }

  Result<std::vector<Rows>> finish() {
    if (outdated_) wire_.close();
    if (failure_) return *std::move(failure_);
    return std::move(rows_);
  }
  /// The server's own reason is better than libpq's.
  Error lost(Error error) { return failure_ ? *std::move(failure_) : std::move(error); }

 private:
  Wire& wire_;
  std::vector<Rows> rows_;
  std::optional<Error> failure_;
  bool outdated_ = false;
};

}  // namespace

Task<Result<std::vector<Rows>>> send_batch(Wire& wire, const Batch& batch) {
  std::vector<Expected> expected;
  if (!queue_batch(wire, batch, expected)) co_return wire.lost("sending statements");
  Answers answers(wire);
  std::size_t next = 0;
  for (;;) {
    auto waiting = wire.next_result();
    const Result<pg_result*> got = co_await std::move(waiting);
    if (got.has_error()) co_return answers.lost(got.error());
    OwnedResult result(*got, PQclear);
    if (!result) {
      ++next;
      continue;
    }
    if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) co_return answers.finish();
    const bool is_lost = PQstatus(wire.get()) != CONNECTION_OK;
    if (next < expected.size()) answers.take(expected[next], std::move(result));
    if (is_lost) co_return answers.lost(wire.lost("talking to the server"));
  }
}

Task<Result<void>> send_script(Wire& wire, std::string sql) {
  if (PQexitPipelineMode(wire.get()) != 1 || PQsendQuery(wire.get(), sql.c_str()) != 1) {
    co_return wire.lost("sending a script");
  }
  std::optional<Error> failure;
  for (;;) {
    auto waiting = wire.next_result();
    const Result<pg_result*> got = co_await std::move(waiting);
    if (got.has_error()) co_return failure ? *std::move(failure) : got.error();
    const OwnedResult result(*got, PQclear);
    if (!result) break;
    if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR && !failure)
      failure = result_error(result.get(), sql);
    if (PQstatus(wire.get()) != CONNECTION_OK)
      co_return failure ? *std::move(failure) : wire.lost("a script");
  }
  if (PQenterPipelineMode(wire.get()) != 1) co_return wire.lost("after a script");
  if (failure) co_return *std::move(failure);
  co_return Result<void>();
}

}  // namespace filmoteka::sql::postgres
