/// Runs and the states of sources.
#include <scraper/adapters/outbox/row_json.hpp>
#include <scraper/adapters/outbox/tables.hpp>

namespace filmoteka::scraper::tables {

namespace {

std::int64_t to_column(Timestamp time) {
  return time.time_since_epoch().count();
}
std::optional<std::int64_t> to_column(const std::optional<Timestamp>& time) {
  return time ? std::optional(to_column(*time)) : std::nullopt;
}
Timestamp from_column(std::int64_t milliseconds) {
  return Timestamp(std::chrono::milliseconds(milliseconds));
}
std::optional<Timestamp> from_column(const std::optional<std::int64_t>& milliseconds) {
  return milliseconds ? std::optional(from_column(*milliseconds)) : std::nullopt;
}

Run read_run(const sql::Statement& row) {
  Run run;
  run.id = row.get<RunId>(0);
  run.source = row.get<std::string>(1);
  run.trigger =
      row.get<std::string_view>(2) == to_string(Trigger::kSchedule) ? Trigger::kSchedule : Trigger::kManual;
  run.started_at = from_column(row.get<std::int64_t>(3));
  run.ended_at = from_column(row.get<std::optional<std::int64_t>>(4));
  run.end = end_reason_from(row.get<std::string_view>(5)).value_or(EndReason::kFailed);
  run.message = row.get<std::string>(6);
  run.counts = counts_from_json(row.get<std::string_view>(7));
  run.bytes = row.get<std::uint64_t>(8);
  run.errors = row.get<std::uint64_t>(9);
  run.stored = row.get<std::uint64_t>(10);
  run.delivered = {row.get<std::uint64_t>(11), row.get<std::uint64_t>(12), row.get<std::uint64_t>(13),
                   row.get<std::uint64_t>(14), row.get<std::uint64_t>(15)};
  return run;
}

}  // namespace

Result<std::vector<SourceState>> states(sql::Database& database) {
  FILMOTEKA_TRY(auto rows,
                database.prepare("SELECT name, paused, health, message, failures, last_run, last_success_at, "
                                 "next_run_at, resume FROM source_state"));
  std::vector<SourceState> found;
  while (true) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return found;
    SourceState state;
    state.name = rows.get<std::string>(0);
    state.paused = rows.get<bool>(1);
    state.health = health_from(rows.get<std::string_view>(2)).value_or(Health::kOk);
    state.message = rows.get<std::string>(3);
    state.failures = rows.get<int>(4);
    state.last_run = rows.get<std::optional<RunId>>(5);
    state.last_success_at = from_column(rows.get<std::optional<std::int64_t>>(6));
    state.next_run_at = from_column(rows.get<std::optional<std::int64_t>>(7));
    state.resume = rows.get<std::string>(8);
    found.push_back(std::move(state));
  }
}

Result<void> put_state(sql::Database& database, const SourceState& state) {
  FILMOTEKA_TRY(auto put,
                database.prepare("INSERT OR REPLACE INTO source_state (name, paused, health, message, "
                                 "failures, last_run, last_success_at, next_run_at, resume) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));
  return put
      .bind(state.name, state.paused, to_string(state.health), state.message, state.failures, state.last_run,
            to_column(state.last_success_at), to_column(state.next_run_at), state.resume)
      .run();
}

Result<void> put_resume(sql::Database& database, RunId run, const std::string& resume) {
  FILMOTEKA_TRY(auto put, database.prepare("UPDATE source_state SET resume = ?2 "
                                           "WHERE name = (SELECT source FROM run WHERE id = ?1)"));
  return put.bind(run, resume).run();
}

Result<RunId> add_run(sql::Database& database, const std::string& source, Trigger trigger, Timestamp now) {
  FILMOTEKA_TRY(auto add, database.prepare("INSERT INTO run (source, started_by, started_at, end_reason) "
                                           "VALUES (?1, ?2, ?3, ?4)"));
  FILMOTEKA_CHECK(add.bind(source, to_string(trigger), to_column(now), to_string(EndReason::kNone)).run());
  return database.last_insert_id();
}

Result<void> put_progress(sql::Database& database, const Page& page) {
  FILMOTEKA_TRY(auto put,
                database.prepare("UPDATE run SET counts = ?2, bytes = ?3, errors = ?4, stored = stored + ?5 "
                                 "WHERE id = ?1"));
  const auto counts = counts_to_json(page.counts);
  return put.bind(page.run, counts, page.bytes, page.errors, page.films.size()).run();
}

Result<void> put_end(sql::Database& database, const Run& run) {
  FILMOTEKA_TRY(auto put,
                database.prepare("UPDATE run SET ended_at = ?2, end_reason = ?3, message = ?4, counts = ?5, "
                                 "bytes = ?6, errors = ?7 WHERE id = ?1"));
  const auto counts = counts_to_json(run.counts);
  return put
      .bind(run.id, to_column(run.ended_at), to_string(run.end), run.message, counts, run.bytes, run.errors)
      .run();
}

Result<void> add_delivered(sql::Database& database, RunId run, const Delivered& delivered) {
  FILMOTEKA_TRY(auto put,
                database.prepare("UPDATE run SET created = created + ?2, updated = updated + ?3, "
                                 "unchanged = unchanged + ?4, merged = merged + ?5, refused = refused + ?6 "
                                 "WHERE id = ?1"));
  return put
      .bind(run, delivered.created, delivered.updated, delivered.unchanged, delivered.merged,
            delivered.refused)
      .run();
}

Result<void> close_interrupted(sql::Database& database, Timestamp now) {
  FILMOTEKA_TRY(auto put, database.prepare("UPDATE run SET end_reason = ?1, ended_at = ?2, message = ?3 "
                                           "WHERE end_reason = ?4"));
  return put
      .bind(to_string(EndReason::kInterrupted), to_column(now),
            "The scraper ended in the middle of this run.", to_string(EndReason::kNone))
      .run();
}

Result<void> drop_old_runs(sql::Database& database, std::size_t kept) {
  FILMOTEKA_TRY(auto drop, database.prepare("DELETE FROM run WHERE id <= (SELECT max(id) FROM run) - ?1 "
                                            "AND id NOT IN (SELECT run FROM outbox)"));
  return drop.bind(kept).run();
}

Result<std::vector<Run>> runs(sql::Database& database, const ListQuery& query) {
  FILMOTEKA_TRY(
      auto rows,
      database.prepare("SELECT id, source, started_by, started_at, ended_at, end_reason, message, counts, "
                       "bytes, errors, stored, created, updated, unchanged, merged, refused FROM run "
                       "WHERE (?1 = '' OR source = ?1) AND (?2 = 0 OR id = ?2) AND (?3 = 0 OR id < ?3) "
                       "ORDER BY id DESC LIMIT ?4"));
  rows.bind(query.source, query.run, query.before, query.limit);
  std::vector<Run> found;
  while (true) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return found;
    found.push_back(read_run(rows));
  }
}

}  // namespace filmoteka::scraper::tables
