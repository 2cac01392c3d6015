/// The states of sources.
#include <scraper/adapters/store/columns.hpp>
#include <scraper/adapters/store/tables.hpp>

namespace filmoteka::scraper::tables {

namespace {

std::string select_states(std::string_view where) {
  return "SELECT name, paused, health, message, failures, bad_runs, last_run, last_success_at, next_run_at, "
         "resume, sweep, last_full_at, every FROM source_state" +
         std::string(where);
}

SourceState read_state(const sql::Statement& row) {
  SourceState state;
  state.name = row.get<std::string>(0);
  state.paused = row.get<bool>(1);
  state.health = health_from(row.get<std::string_view>(2)).value_or(Health::kOk);
  state.message = row.get<std::string>(3);
  state.failures = row.get<int>(4);
  state.bad_runs = row.get<int>(5);
  state.last_run = row.get<std::optional<RunId>>(6);
  state.last_success_at = from_column(row.get<std::optional<std::int64_t>>(7));
  state.next_run_at = from_column(row.get<std::optional<std::int64_t>>(8));
  state.resume = row.get<std::string>(9);
  state.sweep = row.get<Sweep>(10);
  state.last_full_at = from_column(row.get<std::optional<std::int64_t>>(11));
  if (const auto every = row.get<std::optional<std::int64_t>>(12)) state.every = std::chrono::seconds(*every);
  return state;
}

}  // namespace

Result<std::vector<SourceState>> states(sql::Database& database) {
  FILMOTEKA_TRY(auto rows, database.prepare(select_states("")));
  std::vector<SourceState> found;
  while (true) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return found;
    found.push_back(read_state(rows));
  }
}

Result<SourceState> state(sql::Database& database, const std::string& source) {
  FILMOTEKA_TRY(auto rows, database.prepare(select_states(" WHERE name = ?1")));
  FILMOTEKA_TRY(const bool found, rows.bind(source).step());
  if (found) return read_state(rows);
  SourceState fresh;
  fresh.name = source;
  return fresh;
}

Result<void> put_state(sql::Database& database, const SourceState& state) {
  FILMOTEKA_TRY(
      auto put,
      database.prepare("INSERT OR REPLACE INTO source_state (name, paused, health, message, failures, "
                       "bad_runs, last_run, last_success_at, next_run_at, resume, sweep, last_full_at, "
                       "every) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"));
  const auto every = state.every ? std::optional(state.every->count()) : std::nullopt;
  return put
      .bind(state.name, state.paused, to_string(state.health), state.message, state.failures, state.bad_runs,
            state.last_run, to_column(state.last_success_at), to_column(state.next_run_at), state.resume,
            state.sweep, to_column(state.last_full_at), every)
      .run();
}

Result<void> put_resume(sql::Database& database, const std::string& source, const std::string& resume) {
  FILMOTEKA_TRY(auto put, database.prepare("UPDATE source_state SET resume = ?2 WHERE name = ?1"));
  return put.bind(source, resume).run();
}

}  // namespace filmoteka::scraper::tables
