/// Runs.
#include <scraper/adapters/store/columns.hpp>
#include <scraper/adapters/store/row_json.hpp>
#include <scraper/adapters/store/tables.hpp>

namespace filmoteka::scraper::tables {

namespace {

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
  run.known = row.get<std::uint64_t>(16);
  run.gone = row.get<std::uint64_t>(17);
  observations_from_json(row.get<std::string_view>(18), run);
  return run;
}

}  // namespace

Result<RunId> add_run(sql::Database& database, const std::string& source, Trigger trigger, Sweep sweep,
                      Timestamp now) {
  FILMOTEKA_TRY(auto add,
                database.prepare("INSERT INTO run (source, started_by, started_at, end_reason, sweep) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5)"));
  FILMOTEKA_CHECK(
      add.bind(source, to_string(trigger), to_column(now), to_string(EndReason::kNone), sweep).run());
  return database.last_insert_id();
}

Result<void> put_progress(sql::Database& database, const Page& page, const Committed& committed) {
  FILMOTEKA_TRY(auto put,
                database.prepare("UPDATE run SET counts = ?2, bytes = ?3, errors = ?4, stored = stored + ?5, "
                                 "known = known + ?6 WHERE id = ?1"));
  const auto counts = counts_to_json(page.counts);
  return put.bind(page.run, counts, page.bytes, page.errors, committed.stored, committed.known).run();
}

Result<void> put_end(sql::Database& database, const Run& run) {
  FILMOTEKA_TRY(auto put, database.prepare(
                              "UPDATE run SET ended_at = ?2, end_reason = ?3, message = ?4, counts = ?5, "
                              "bytes = ?6, errors = ?7, gone = ?8, stored = stored + ?8, observations = ?9 "
                              "WHERE id = ?1"));
  const auto counts = counts_to_json(run.counts);
  const auto observations = observations_to_json(run);
  return put
      .bind(run.id, to_column(run.ended_at), to_string(run.end), run.message, counts, run.bytes, run.errors,
            run.gone, observations)
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

Result<void> close_interrupted(sql::Database& database, const std::string& source, Timestamp now) {
  FILMOTEKA_TRY(auto put, database.prepare("UPDATE run SET end_reason = ?1, ended_at = ?2, message = ?3 "
                                           "WHERE end_reason = ?4 AND (?5 = '' OR source = ?5)"));
  return put
      .bind(to_string(EndReason::kInterrupted), to_column(now),
            "The scraper ended in the middle of this run.", to_string(EndReason::kNone), source)
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
                       "bytes, errors, stored, created, updated, unchanged, merged, refused, known, gone, "
                       "observations FROM run "
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
