/// The SQL behind SqliteStore: each function is a statement or a few, inside the caller's transaction.
/// Blocking.
#pragma once

#include <filmoteka/sql/database.hpp>

#include <scraper/core/run/store.hpp>

#include <string>
#include <vector>

namespace filmoteka::scraper::tables {

Result<std::vector<SourceState>> states(sql::Database& database);
Result<void> put_state(sql::Database& database, const SourceState& state);
/// Only the position: the rest of the state changes at the run's end.
Result<void> put_resume(sql::Database& database, RunId run, const std::string& resume);

Result<RunId> add_run(sql::Database& database, const std::string& source, Trigger trigger, Timestamp now);
Result<void> put_progress(sql::Database& database, const Page& page);
Result<void> put_end(sql::Database& database, const Run& run);
Result<void> add_delivered(sql::Database& database, RunId run, const Delivered& delivered);
/// Runs that a dead process left open.
Result<void> close_interrupted(sql::Database& database, Timestamp now);
Result<void> drop_old_runs(sql::Database& database, std::size_t kept);
Result<std::vector<Run>> runs(sql::Database& database, const ListQuery& query);

Result<void> add_films(sql::Database& database, RunId run, const std::vector<domain::MovieFacts>& films);
Result<std::vector<OutboxRow>> oldest_films(sql::Database& database, std::size_t limit);
Result<void> drop_film(sql::Database& database, std::int64_t row);
Result<std::size_t> count_films(sql::Database& database);

Result<void> add_reject(sql::Database& database, RunId run, const Reject& reject, Timestamp now);
Result<void> drop_old_rejects(sql::Database& database, std::size_t kept);
Result<std::vector<StoredReject>> rejects(sql::Database& database, const ListQuery& query);

}  // namespace filmoteka::scraper::tables
