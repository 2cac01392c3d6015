/// Sources, and who may run them.
#include <filmoteka/sql/postgres/transaction.hpp>

#include <scraper/adapters/store/columns.hpp>
#include <scraper/adapters/store/postgres_calls.hpp>
#include <scraper/adapters/store/postgres_rows.hpp>

namespace filmoteka::scraper::postgres {

namespace pg = sql::postgres;
using scraper::Lease;
using tables::to_column;

namespace {

const std::string kStates = "SELECT " + std::string(kStateColumns) + " FROM source_state";
const std::string kState = kStates + " WHERE name = $1";

constexpr std::string_view kMakeLease =
    "INSERT INTO lease (source, owner, token, expires_at) VALUES ($1, '', 0, clock_timestamp()) "
    "ON CONFLICT DO NOTHING";
/// A row that is locked belongs to a holder in the middle of a write, or to another claim: it is not free.
constexpr std::string_view kTakeLease =
    "UPDATE lease SET owner = $2, token = token + 1, "
    "expires_at = clock_timestamp() + $3 * interval '1 millisecond' "
    "WHERE source = (SELECT source FROM lease WHERE source = $1 "
    "AND (owner = '' OR expires_at <= clock_timestamp()) FOR UPDATE SKIP LOCKED) RETURNING token";
constexpr std::string_view kCloseInterrupted =
    "UPDATE run SET end_reason = $2, ended_at = $3, message = $4 WHERE source = $1 AND ended_at IS NULL";

Error taken_over(const Lease& lease) {
  return {ErrorCode::kConflict, "Somebody else has taken over '" + lease.source + "' meanwhile.", {}, {}};
}

}  // namespace

Task<Result<pg::Rows>> ask(pg::Pool& pool, std::string_view sql, pg::Parameters parameters,
                           Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease connection, co_await std::move(acquiring));
  auto asking = connection->query(deadline, sql, std::move(parameters));
  co_return co_await std::move(asking);
}

Task<Result<std::vector<SourceState>>> states(pg::Pool& pool, Deadline deadline) {
  auto asking = ask(pool, kStates, pg::Parameters(), deadline);
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  std::vector<SourceState> found;
  for (std::size_t row = 0; row < rows.size(); ++row) found.push_back(read_state(rows, row));
  co_return found;
}

Task<Result<void>> put_plan(pg::Pool& pool, std::string source, std::optional<bool> paused,
                            std::optional<Timestamp> next_run_at, Deadline deadline) {
  pg::Parameters parameters(source, paused, to_column(next_run_at));
  auto asking = ask(pool,
                    "INSERT INTO source_state AS s (name, paused, next_run_at) "
                    "VALUES ($1, coalesce($2, false), $3) ON CONFLICT (name) DO UPDATE "
                    "SET paused = coalesce($2, s.paused), next_run_at = $3",
                    std::move(parameters), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(asking));
  co_return Result<void>{};
}

Task<Result<Claimed>> claim(pg::Pool& pool, std::string source, std::string owner,
                            std::chrono::milliseconds lifetime, Timestamp now, Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease connection, co_await std::move(acquiring));
  pg::Transaction transaction(*connection);
  pg::Batch first;
  first.add(kMakeLease, source).add(kTakeLease, source, owner, lifetime.count());
  auto taking = transaction.run(std::move(first), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> taken, co_await std::move(taking));
  if (taken[1].empty()) {
    // Ordinary while others share the store: the connection is kept.
    auto undoing = transaction.rollback(deadline);
    co_await std::move(undoing);
    co_return Error{ErrorCode::kConflict, "'" + source + "' is under way already.", {}, {}};
  }
  pg::Batch last;
  last.add(kCloseInterrupted, source, to_string(EndReason::kInterrupted), to_column(now),
           "The scraper ended in the middle of this run.");
  last.add(kState, source);
  auto committing = transaction.commit(std::move(last), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(committing));
  Claimed claimed;
  claimed.lease = {source, taken[1].get<std::int64_t>(0, 0)};
  if (rows[1].empty())
    claimed.state.name = source;
  else
    claimed.state = read_state(rows[1], 0);
  co_return claimed;
}

Task<Result<void>> renew(pg::Pool& pool, Lease lease, std::chrono::milliseconds lifetime, Deadline deadline) {
  pg::Parameters parameters(lease.source, lease.token, lifetime.count());
  auto asking = ask(pool,
                    "UPDATE lease SET expires_at = clock_timestamp() + $3 * interval '1 millisecond' "
                    "WHERE source = $1 AND token = $2 AND owner <> ''",
                    std::move(parameters), deadline);
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  if (rows.affected() == 0) co_return taken_over(lease);
  co_return Result<void>{};
}

Task<Result<void>> release(pg::Pool& pool, Lease lease, Deadline deadline) {
  pg::Parameters parameters(lease.source, lease.token);
  auto asking = ask(pool, "UPDATE lease SET owner = '' WHERE source = $1 AND token = $2",
                    std::move(parameters), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(asking));
  co_return Result<void>{};
}

pg::Batch fenced(const Lease& lease) {
  pg::Batch batch;
  batch.add("SELECT 1 FROM lease WHERE source = $1 AND token = $2 AND owner <> '' FOR UPDATE", lease.source,
            lease.token);
  return batch;
}

Result<void> is_held(const pg::Rows& rows, const Lease& lease) {
  if (rows.empty()) return taken_over(lease);
  return {};
}

}  // namespace filmoteka::scraper::postgres
