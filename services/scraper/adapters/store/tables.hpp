/// The SQL behind SqliteStore: each function is a statement or a few, inside the caller's transaction.
/// Blocking.
#pragma once

#include <filmoteka/sql/database.hpp>

#include <scraper/core/run/store.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper::tables {

// Sources: source_tables.cpp
Result<std::vector<SourceState>> states(sql::Database& database);
/// As it was when the source had never run, if nothing is kept of it.
Result<SourceState> state(sql::Database& database, const std::string& source);
Result<void> put_state(sql::Database& database, const SourceState& state);
/// Only the position: the rest of the state changes at the run's end.
Result<void> put_resume(sql::Database& database, const std::string& source, const std::string& resume);

// Leases: lease_tables.cpp
/// kConflict while somebody has it.
Result<Lease> take_lease(sql::Database& database, const std::string& source, const std::string& owner,
                         Timestamp now, std::chrono::milliseconds lifetime);
/// kConflict if somebody else has taken it since.
Result<void> check_lease(sql::Database& database, const Lease& lease);
Result<void> put_expiry(sql::Database& database, const Lease& lease, Timestamp expires_at);
Result<void> free_lease(sql::Database& database, const Lease& lease);
Result<void> free_all_leases(sql::Database& database);

// Runs: run_tables.cpp
Result<RunId> add_run(sql::Database& database, const std::string& source, Trigger trigger, Sweep sweep,
                      Timestamp now);
Result<void> put_progress(sql::Database& database, const Page& page, const Committed& committed);
Result<void> put_end(sql::Database& database, const Run& run);
Result<void> add_delivered(sql::Database& database, RunId run, const Delivered& delivered);
/// Runs that a dead process left open; of one source, or of all where it is empty.
Result<void> close_interrupted(sql::Database& database, const std::string& source, Timestamp now);
Result<void> drop_old_runs(sql::Database& database, std::size_t kept);
Result<std::vector<Run>> runs(sql::Database& database, const ListQuery& query);

// The outbox and the quarantine: film_tables.cpp
Result<void> add_film(sql::Database& database, RunId run, std::string_view film, Timestamp now);
Result<std::vector<OutboxRow>> oldest_films(sql::Database& database, std::size_t limit);
Result<std::optional<Timestamp>> oldest_at(sql::Database& database);
Result<void> drop_film(sql::Database& database, std::int64_t row);
Result<std::size_t> count_films(sql::Database& database);
Result<void> add_reject(sql::Database& database, RunId run, const Reject& reject, Timestamp now);
Result<void> drop_old_rejects(sql::Database& database, std::size_t kept);
Result<std::vector<StoredReject>> rejects(sql::Database& database, const ListQuery& query);

// What sources said of their films: item_tables.cpp
/// Notes that the present sweep has seen the film. True: it is new or has changed, or had gone.
Result<bool> put_item(sql::Database& database, const std::string& definition, const domain::MovieFacts& film,
                      std::string_view text, Sweep sweep);
Result<std::optional<domain::MovieFacts>> item(sql::Database& database, const std::string& definition,
                                               const std::string& source, const std::string& source_id);
/// After a full sweep: films that were missing in `gone_after` of them, now marked as gone.
Result<std::vector<domain::MovieFacts>> take_gone(sql::Database& database, const std::string& definition,
                                                  Sweep sweep, int gone_after);

// What was answered: answer_tables.cpp
Result<void> put_page(sql::Database& database, const std::string& source, RunId run, Timestamp now,
                      const SavedPage& page);
Result<std::optional<StoredPage>> page(sql::Database& database, const std::string& source);
Result<void> put_validators(sql::Database& database, const std::string& source,
                            const UrlValidators& validators, Timestamp now);
Result<std::optional<UrlValidators>> validators(sql::Database& database, const std::string& source,
                                                const std::string& url);
Result<void> drop_old_validators(sql::Database& database, const std::string& source, std::size_t kept);

}  // namespace filmoteka::scraper::tables
