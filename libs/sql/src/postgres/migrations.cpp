#include "migration_rules.hpp"

#include <filmoteka/async/event.hpp>
#include <filmoteka/base/time_format.hpp>
#include <filmoteka/sql/postgres/migrations.hpp>
#include <filmoteka/sql/postgres/transaction.hpp>

#include <chrono>
#include <optional>

namespace filmoteka::sql::postgres {
namespace {

constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " version integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at text NOT NULL)";

/// How long a step waits for a table that others use: everybody who comes after it waits behind it.
constexpr std::string_view kTableWait = "SET LOCAL lock_timeout = 2000";
constexpr std::chrono::milliseconds kPauseAfterLockTimeout{500};

Result<void> verify(const AppliedMigrations& applied, std::span<const Migration> migrations) {
  return verify_migrations(applied, migrations, "database", "use the newer program or another database.");
}

/// A table was in use for too long, and nothing has been done.
bool may_try_again(const Error& error, Connection& connection, Deadline deadline) {
  return error.code == ErrorCode::kUnavailable && connection.is_usable() &&
         deadline.remaining() > kPauseAfterLockTimeout;
}

/// What stands in the table, which may not be there.
Task<Result<AppliedMigrations>> read_applied(Connection& connection, Deadline deadline) {
  AppliedMigrations applied;
  // Not to_regclass(): it may answer from before another replica's commit that we have just waited for.
  auto looking = connection.query(deadline,
                                  "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema()"
                                  " AND tablename = 'schema_migrations')");
  FILMOTEKA_CO_TRY(const Rows exists, co_await std::move(looking));
  if (!exists.get<bool>(0, 0)) co_return applied;
  auto reading = connection.query(deadline, "SELECT version, name, checksum FROM schema_migrations");
  FILMOTEKA_CO_TRY(const Rows rows, co_await std::move(reading));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    applied[rows.get<int>(i, 0)] = {rows.get<std::string>(i, 1), rows.get<std::string>(i, 2)};
  }
  co_return applied;
}

/// Waits for its turn; held until the transaction ends.
Batch lock_schema(std::string_view schema) {
  Batch batch;
  batch.add("SET LOCAL statement_timeout = 0").add("SET LOCAL lock_timeout = 0");
  batch.add("SET LOCAL idle_in_transaction_session_timeout = 0");
  batch.add("SELECT pg_advisory_xact_lock(hashtextextended('filmoteka migrations of ' || $1, 0))", schema);
  batch.add(kTableWait);
  return batch;
}

Task<Result<void>> make_schema(Connection& connection, std::string_view schema, Deadline deadline) {
  Transaction transaction(connection);
  Batch begin = lock_schema(schema);
  begin.add("SELECT quote_ident($1), EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)", schema);
  auto beginning = transaction.run(std::move(begin), deadline);
  FILMOTEKA_CO_TRY(const std::vector<Rows> found, co_await std::move(beginning));
  if (!found.back().get<bool>(0, 1)) {
    auto creating = connection.run_script("CREATE SCHEMA " + found.back().get<std::string>(0, 0), deadline);
    FILMOTEKA_CO_CHECK(co_await std::move(creating));
  }
  auto committing = transaction.commit(Batch(), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(committing));
  co_return Result<void>();
}

struct Step {
  std::span<const Migration> migrations;
  std::string_view schema;
  std::string now;
};

/// Applies the first migration that is missing. nullopt: none is.
Task<Result<std::optional<std::string>>> apply_next(Connection& connection, const Step& step,
                                                    Deadline deadline) {
  Transaction transaction(connection);
  auto locking = transaction.run(lock_schema(step.schema), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(locking));
  auto reading = read_applied(connection, deadline);
  FILMOTEKA_CO_TRY(const AppliedMigrations applied, co_await std::move(reading));
  FILMOTEKA_CO_CHECK(verify(applied, step.migrations));
  std::optional<std::string> name;
  Batch record;
  if (applied.size() < step.migrations.size()) {
    const Migration& next = step.migrations[applied.size()];
    auto applying = connection.run_script(std::string(next.sql), deadline);
    const Result<void> done = co_await std::move(applying);
    if (done.has_error()) {
      co_await transaction.rollback(deadline);  // so that the connection is kept for another attempt
      co_return done.error();
    }
    record.add(kCreateTable);
    record.add("INSERT INTO schema_migrations VALUES ($1::bigint, $2, $3, $4)", next.version, next.name,
               migration_checksum(next.sql), step.now);
    name = std::string(next.name);
  }
  auto committing = transaction.commit(std::move(record), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(committing));
  co_return name;
}

}  // namespace

Task<Result<std::vector<std::string>>> migrate(Connection& connection, std::string_view schema,
                                               std::span<const Migration> migrations, Deadline deadline,
                                               const Clock& clock) {
  // The check without the lock first: a start with nothing to do waits for nobody and writes nothing.
  auto looking = pending_migrations(connection, migrations, deadline);
  FILMOTEKA_CO_TRY(std::vector<std::string> names, co_await std::move(looking));
  if (names.empty()) co_return names;
  names.clear();
  auto making = make_schema(connection, schema, deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(making));
  const Step step{migrations, schema, to_rfc3339(clock.now())};
  for (;;) {
    auto applying = apply_next(connection, step, deadline);
    Result<std::optional<std::string>> applied = co_await std::move(applying);
    if (applied.has_error() && may_try_again(applied.error(), connection, deadline)) {
      auto pausing = sleep_for(kPauseAfterLockTimeout);
      co_await std::move(pausing);
      continue;
    }
    FILMOTEKA_CO_TRY(std::optional<std::string> name, std::move(applied));
    if (!name) co_return names;
    names.push_back(std::move(*name));
  }
}

Task<Result<std::vector<std::string>>> pending_migrations(Connection& connection,
                                                          std::span<const Migration> migrations,
                                                          Deadline deadline) {
  auto reading = read_applied(connection, deadline);
  FILMOTEKA_CO_TRY(const AppliedMigrations applied, co_await std::move(reading));
  FILMOTEKA_CO_CHECK(verify(applied, migrations));
  co_return names_after(applied, migrations);
}

}  // namespace filmoteka::sql::postgres
