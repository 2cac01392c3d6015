/// What runs and the hand-over write: each a transaction that begins with the lock of the lease and takes two
/// round trips, however many films there are.
#include <filmoteka/sql/postgres/transaction.hpp>

#include <scraper/adapters/store/columns.hpp>
#include <scraper/adapters/store/postgres_calls.hpp>
#include <scraper/adapters/store/postgres_page.hpp>
#include <scraper/adapters/store/postgres_rows.hpp>
#include <scraper/adapters/store/row_json.hpp>

#include <map>

namespace filmoteka::scraper::postgres {

namespace pg = sql::postgres;
using scraper::Lease;
using tables::to_column;

namespace {

/// Those that somebody else is about to change are left for the next time: no two writers wait for each
/// other.
constexpr std::string_view kDropOldRuns =
    "DELETE FROM run WHERE id IN (SELECT id FROM run r WHERE ended_at IS NOT NULL "
    "AND id <= (SELECT id FROM run ORDER BY id DESC OFFSET $1 LIMIT 1) "
    "AND NOT EXISTS (SELECT FROM outbox o WHERE o.run = r.id) FOR UPDATE SKIP LOCKED)";
constexpr std::string_view kDropOldValidators =
    "DELETE FROM url_validator WHERE source = $1 AND at <= "
    "(SELECT at FROM url_validator WHERE source = $1 ORDER BY at DESC OFFSET $2 LIMIT 1)";
constexpr std::string_view kTakeGone =
    "WITH gone AS (UPDATE item SET gone = true WHERE definition = $1 AND seen_sweep < $2 AND NOT gone "
    "AND missing >= $3 RETURNING source, source_id, film) SELECT film FROM gone ORDER BY source, source_id";
/// What an operator said meanwhile stands.
constexpr std::string_view kEndState =
    "INSERT INTO source_state AS s (name, health, message, failures, bad_runs, last_run, last_success_at, "
    "next_run_at, resume, sweep, last_full_at, every) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
    "$12) ON CONFLICT (name) DO UPDATE SET health = $2, message = $3, failures = $4, bad_runs = $5, "
    "last_run = $6, last_success_at = $7, next_run_at = CASE WHEN s.paused THEN NULL ELSE $8 END, "
    "resume = $9, sweep = $10, last_full_at = $11, every = $12";

void add_end_of_run(pg::Batch& batch, const Run& run) {
  batch.add(
      "UPDATE run SET ended_at = $2, end_reason = $3, message = $4, counts = $5, bytes = $6, errors = $7, "
      "gone = $8, stored = stored + $8, observations = $9 WHERE id = $1",
      run.id, to_column(run.ended_at), to_string(run.end), storable(run.message),
      storable(counts_to_json(run.counts)), run.bytes, run.errors, run.gone,
      storable(observations_to_json(run)));
}

void add_saved_page(pg::Batch& batch, const std::string& source, RunId run, Timestamp now,
                    const SavedPage& page) {
  batch.add(
      "INSERT INTO saved_page (source, run, at, url, status, content_type, what, body) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, decode($8, 'hex')) ON CONFLICT (source) DO UPDATE "
      "SET run = $2, at = $3, url = $4, status = $5, content_type = $6, what = $7, body = excluded.body",
      source, run, to_column(now), storable(page.url), page.status, storable(page.content_type),
      storable(page.what), to_hex(page.body));
}

void add_end_state(pg::Batch& batch, const SourceState& state) {
  const auto every = state.every ? std::optional<std::int64_t>(state.every->count()) : std::nullopt;
  batch.add(kEndState, state.name, to_string(state.health), storable(state.message), state.failures,
            state.bad_runs, state.last_run, to_column(state.last_success_at), to_column(state.next_run_at),
            storable(state.resume), state.sweep, to_column(state.last_full_at), every);
}

Result<std::vector<std::string>> inactive(const pg::Rows& gone) {
  std::vector<std::string> films;
  for (std::size_t row = 0; row < gone.size(); ++row) {
    FILMOTEKA_TRY(auto film, film_from_json(gone.get<std::string_view>(row, 0)));
    film.is_active = false;
    films.push_back(film_to_json(film));
  }
  return films;
}

void add_delivered(pg::Batch& batch, const std::vector<Delivery>& deliveries) {
  std::map<RunId, Delivered> by_run;
  for (const auto& delivery : deliveries) by_run[delivery.run] += delivery.outcome;
  std::vector<RunId> ids;
  std::vector<std::uint64_t> created;
  std::vector<std::uint64_t> updated;
  std::vector<std::uint64_t> unchanged;
  std::vector<std::uint64_t> merged;
  std::vector<std::uint64_t> refused;
  for (const auto& [run, delivered] : by_run) {
    ids.push_back(run);
    created.push_back(delivered.created);
    updated.push_back(delivered.updated);
    unchanged.push_back(delivered.unchanged);
    merged.push_back(delivered.merged);
    refused.push_back(delivered.refused);
  }
  batch.add(
      "UPDATE run SET created = run.created + d.created, updated = run.updated + d.updated, "
      "unchanged = run.unchanged + d.unchanged, merged = run.merged + d.merged, "
      "refused = run.refused + d.refused FROM unnest($1, $2, $3, $4, $5, $6) "
      "AS d (id, created, updated, unchanged, merged, refused) WHERE run.id = d.id",
      ids, created, updated, unchanged, merged, refused);
}

}  // namespace

Task<Result<RunId>> begin_run(pg::Pool& pool, Lease lease, Trigger trigger, Sweep sweep, Timestamp now,
                              Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease connection, co_await std::move(acquiring));
  pg::Transaction transaction(*connection);
  auto first = fenced(lease);
  first.add(
      "INSERT INTO run (source, started_by, started_at, end_reason, sweep) VALUES ($1, $2, $3, $4, $5) "
      "RETURNING id",
      lease.source, to_string(trigger), to_column(now), to_string(EndReason::kNone), sweep);
  auto beginning = transaction.run(std::move(first), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(beginning));
  FILMOTEKA_CO_CHECK(is_held(rows[0], lease));
  const auto id = rows[1].get<RunId>(0, 0);
  pg::Batch last;
  last.add(
      "INSERT INTO source_state AS s (name, last_run, sweep, next_run_at) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (name) DO UPDATE "
      "SET last_run = $2, sweep = $3, next_run_at = CASE WHEN s.paused THEN NULL ELSE $4 END",
      lease.source, id, sweep, to_column(now));
  auto committing = transaction.commit(std::move(last), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(committing));
  co_return id;
}

Task<Result<Counted<Committed>>> commit_page(pg::Pool& pool, Page page, Limits limits, Timestamp now,
                                             Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease connection, co_await std::move(acquiring));
  pg::Transaction transaction(*connection);
  auto first = fenced(page.lease);
  add_select_items(first, page);
  auto loading = transaction.run(std::move(first), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> loaded, co_await std::move(loading));
  FILMOTEKA_CO_CHECK(is_held(loaded[0], page.lease));
  const auto plan = plan_page(page, loaded[1]);
  pg::Batch last;
  add_page(last, page, plan, limits, now);
  last.add(kCountOutbox);
  auto committing = transaction.commit(std::move(last), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(committing));
  co_return Counted<Committed>{plan.committed, rows.back().get<std::size_t>(0, 0)};
}

Task<Result<Counted<std::uint64_t>>> end_run(pg::Pool& pool, Ending ending, Limits limits, Timestamp now,
                                             Deadline deadline) {
  const auto& source = ending.lease.source;
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease connection, co_await std::move(acquiring));
  pg::Transaction transaction(*connection);
  auto first = fenced(ending.lease);
  if (ending.gone_after > 0) {
    first.add("UPDATE item SET missing = missing + 1 WHERE definition = $1 AND seen_sweep < $2 AND NOT gone",
              source, ending.state.sweep);
    first.add(kTakeGone, source, ending.state.sweep, ending.gone_after);
  }
  auto taking = transaction.run(std::move(first), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> taken, co_await std::move(taking));
  FILMOTEKA_CO_CHECK(is_held(taken[0], ending.lease));
  pg::Batch last;
  if (ending.gone_after > 0) {
    FILMOTEKA_CO_TRY(const auto gone, inactive(taken[2]));
    ending.run.gone = gone.size();
    add_films(last, ending.run.id, gone, now);
  }
  add_end_of_run(last, ending.run);
  if (const auto& saved = ending.run.observations.saved)
    add_saved_page(last, source, ending.run.id, now, *saved);
  add_end_state(last, ending.state);
  last.add(kDropOldRuns, limits.runs).add(kDropOldValidators, source, limits.validators);
  last.add("UPDATE lease SET owner = '' WHERE source = $1 AND token = $2", source, ending.lease.token);
  last.add(kCountOutbox);
  auto committing = transaction.commit(std::move(last), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(committing));
  co_return Counted<std::uint64_t>{ending.run.gone, rows.back().get<std::size_t>(0, 0)};
}

Task<Result<std::size_t>> acknowledge(pg::Pool& pool, Lease lease, std::vector<Delivery> deliveries,
                                      Limits limits, Timestamp now, Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease connection, co_await std::move(acquiring));
  pg::Transaction transaction(*connection);
  auto locking = transaction.run(fenced(lease), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> locked, co_await std::move(locking));
  FILMOTEKA_CO_CHECK(is_held(locked[0], lease));
  std::vector<std::int64_t> ids;
  std::vector<RunReject> rejects;
  for (const auto& delivery : deliveries) {
    ids.push_back(delivery.row);
    if (delivery.reject) rejects.push_back({delivery.run, &*delivery.reject});
  }
  pg::Batch last;
  last.add("DELETE FROM outbox WHERE id = ANY ($1)", ids);
  add_delivered(last, deliveries);
  add_rejects(last, rejects, limits.rejects, now);
  last.add(kCountOutbox);
  auto committing = transaction.commit(std::move(last), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(committing));
  co_return rows.back().get<std::size_t>(0, 0);
}

}  // namespace filmoteka::scraper::postgres
