#include <filmoteka/commands/backup/postgres_part.hpp>
#include <filmoteka/commands/backup/postgres_programs.hpp>
#include <filmoteka/run_task.hpp>
#include <filmoteka/sql/postgres/client_environment.hpp>
#include <filmoteka/sql/postgres/connection.hpp>

#include <chrono>
#include <memory>
#include <thread>
#include <utility>

namespace filmoteka::app {
namespace {

namespace pg = sql::postgres;

constexpr std::chrono::milliseconds kAnswerWithin{60'000};  ///< counting films reads all of them
constexpr std::chrono::milliseconds kLook{100};

Task<Result<std::unique_ptr<pg::Connection>>> connect(std::string url) {
  pg::ConnectSettings settings;
  settings.url = std::move(url);
  settings.application_name = "filmoteka-backup";
  settings.idle_in_transaction_timeout = std::chrono::milliseconds(0);  // it waits for pg_dump
  auto opening = pg::Connection::open(settings, Deadline::after(settings.connect_timeout));
  co_return co_await std::move(opening);
}

Task<Result<bool>> has_table(pg::Connection& connection, std::string schema, std::string table) {
  auto asking =
      connection.query(Deadline::after(kAnswerWithin),
                       "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = $2)",
                       pg::Parameters(schema, table));
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  co_return rows.get<bool>(0, 0);
}

Task<Result<int>> last_migration(pg::Connection& connection, std::string service) {
  const std::string_view sql = service == "metadata" ? "SELECT max(version) FROM metadata.schema_migrations"
                                                     : "SELECT max(version) FROM scraper.schema_migrations";
  auto asking = connection.query(Deadline::after(kAnswerWithin), sql);
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  co_return rows.get<int>(0, 0);
}

Task<Result<CatalogueState>> state_of_catalogue(pg::Connection& connection) {
  auto asking = connection.query(
      Deadline::after(kAnswerWithin),
      "SELECT (SELECT count(*) FROM metadata.movies), (SELECT revision FROM metadata.catalogue)");
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  co_return CatalogueState{rows.get<std::int64_t>(0, 0), rows.get<std::int64_t>(0, 1)};
}

Task<Result<PartState>> state_of(pg::Connection& connection, const std::vector<std::string>& services) {
  PartState state;
  for (const std::string& service : services) {
    auto looking = has_table(connection, service, "schema_migrations");
    FILMOTEKA_CO_TRY(const bool is_there, co_await std::move(looking));
    if (!is_there) continue;
    auto asking = last_migration(connection, service);
    FILMOTEKA_CO_TRY(state.schemas[service], co_await std::move(asking));
  }
  if (state.schemas.contains("metadata")) {
    auto counting = state_of_catalogue(connection);
    FILMOTEKA_CO_TRY(state.catalogue, co_await std::move(counting));
  }
  co_return state;
}

std::uint64_t size_or_zero(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return error ? 0 : size;
}

Error interrupted() {
  return {ErrorCode::kCancelled, "Interrupted.", {}, {}};
}

/// What pg_dump says of a full disk is followed by what to do.
Error with_advice(Error error) {
  if (error.message.find("No space left") != std::string::npos)
    error.message += ". Make room there, or choose another disk.";
  return error;
}

Result<void> run_pg_dump(const std::string& url, const PartState& state, const std::string& snapshot,
                         const std::filesystem::path& target, const ByteProgress& progress) {
  ChildCommand command;
  FILMOTEKA_TRY(command.environment, pg::client_environment(url));
  command.arguments = {
      "--format=custom",          "--no-owner", "--no-acl", "--no-password", "--snapshot=" + snapshot,
      "--file=" + target.string()};
  for (const auto& [service, version] : state.schemas) command.arguments.push_back("--schema=" + service);
  FILMOTEKA_TRY(ChildProcess dump, start_postgres_program("pg_dump", std::move(command)));
  while (!dump.has_ended()) {
    if (progress && !progress(size_or_zero(target), 0)) return interrupted();
    std::this_thread::sleep_for(kLook);
  }
  Result<void> done = dump.wait();
  if (done.has_error()) return with_advice(std::move(done).error());
  return sync_path(target);
}

Task<Result<PartState>> dump(const std::string& url, const std::vector<std::string>& services,
                             const std::filesystem::path& target, const ByteProgress& progress) {
  auto connecting = connect(url);
  FILMOTEKA_CO_TRY(const std::unique_ptr<pg::Connection> connection, co_await std::move(connecting));
  auto beginning = connection->run_script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                                          Deadline::after(kAnswerWithin));
  FILMOTEKA_CO_CHECK(co_await std::move(beginning));
  auto exporting = connection->query(Deadline::after(kAnswerWithin), "SELECT pg_export_snapshot()");
  FILMOTEKA_CO_TRY(const pg::Rows snapshot, co_await std::move(exporting));
  auto looking = state_of(*connection, services);
  FILMOTEKA_CO_TRY(PartState state, co_await std::move(looking));
  if (state.schemas.empty()) co_return not_found("There are no tables of Filmoteka in the database.");
  // Nothing else runs on this thread; the transaction keeps the snapshot for it.
  FILMOTEKA_CO_CHECK(run_pg_dump(url, state, snapshot.get<std::string>(0, 0), target, progress));
  co_return std::move(state);
}

Task<Result<std::int64_t>> count_films(const std::string& url) {
  auto connecting = connect(url);
  FILMOTEKA_CO_TRY(const std::unique_ptr<pg::Connection> connection, co_await std::move(connecting));
  auto looking = has_table(*connection, "metadata", "movies");
  FILMOTEKA_CO_TRY(const bool is_there, co_await std::move(looking));
  if (!is_there) co_return 0;
  auto counting = connection->query(Deadline::after(kAnswerWithin), "SELECT count(*) FROM metadata.movies");
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(counting));
  co_return rows.get<std::int64_t>(0, 0);
}

}  // namespace

Result<PartState> dump_postgres(const std::string& url, const std::vector<std::string>& services,
                                const std::filesystem::path& target, const ByteProgress& progress) {
  return run_task(dump(url, services, target, progress));
}

Result<void> check_dump(const std::filesystem::path& file) {
  ChildCommand command;
  command.arguments = {"--list", file.string()};
  FILMOTEKA_TRY(ChildProcess list, start_postgres_program("pg_restore", std::move(command)));
  return list.wait();
}

Result<std::int64_t> count_postgres_films(const std::string& url) {
  return run_task(count_films(url));
}

}  // namespace filmoteka::app
