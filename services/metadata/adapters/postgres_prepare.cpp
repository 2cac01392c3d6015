#include <filmoteka/async/event.hpp>
#include <filmoteka/domain/film_identity.hpp>
#include <filmoteka/sql/postgres/migrations.hpp>
#include <filmoteka/sql/postgres/transaction.hpp>

#include <metadata/adapters/migrations.hpp>
#include <metadata/adapters/postgres_calls.hpp>
#include <metadata/adapters/postgres_prepare.hpp>
#include <metadata/adapters/postgres_rows.hpp>
#include <metadata/core/copy/may_copy.hpp>
#include <metadata/core/write/plan.hpp>

#include <limits>
#include <utility>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

constexpr std::int64_t kChunk = 4'096;  ///< films; some megabytes

/// The statements that give these films' keys the place of those between them.
void add_keys(pg::Batch& batch, domain::MovieId after, const std::vector<domain::Movie>& movies) {
  std::vector<std::int64_t> keys;
  std::vector<std::int64_t> owners;
  std::vector<std::int64_t> years;
  for (const domain::Movie& movie : movies) {
    for (const domain::MatchKey key : match_keys_of(movie)) {
      keys.push_back(key.hash);
      owners.push_back(movie.id);
      years.push_back(key.year);
    }
  }
  // By ranges: one statement for all would take longer than a statement may.
  batch.add("DELETE FROM match_keys WHERE movie_id > $1 AND movie_id <= $2", after, movies.back().id);
  batch.add(kInsertMatchKeys, keys, owners, years);
}

/// Makes the match keys of all films anew when the program has a newer algorithm than who wrote them. A
/// program that is older leaves them: it finds fewer films by them, for as long as the update lasts.
Task<Result<void>> renew_match_keys(pg::Connection& connection, Deadline deadline) {
  // The check without the lock first: a start with nothing to do waits for nobody, and succeeds on a standby
  // too.
  auto looking = connection.query(deadline, "SELECT match_version FROM catalogue");
  FILMOTEKA_CO_TRY(const pg::Rows found, co_await std::move(looking));
  if (!found.empty() && found.get<std::int64_t>(0, 0) >= domain::kMatchKeysVersion) co_return Result<void>();
  pg::Transaction transaction(connection);
  pg::Batch lock;
  lock.add("SELECT match_version FROM catalogue FOR UPDATE");
  auto locking = transaction.run(std::move(lock), deadline);
  FILMOTEKA_CO_TRY(std::vector<pg::Rows> rows, co_await std::move(locking));
  if (rows[0].get<std::int64_t>(0, 0) >= domain::kMatchKeysVersion) {
    co_await transaction.rollback(deadline);
    co_return Result<void>();
  }
  pg::Batch statements;
  for (domain::MovieId last = 0;;) {
    statements.add(kSelectBlock, last + 1, std::numeric_limits<domain::MovieId>::max(), kChunk);
    auto reading = transaction.run(std::exchange(statements, pg::Batch()), deadline);
    FILMOTEKA_CO_TRY(rows, co_await std::move(reading));
    FILMOTEKA_CO_TRY(const std::vector<domain::Movie> movies, read_postgres_movies(rows.back()));
    if (movies.empty()) break;
    add_keys(statements, last, movies);
    last = movies.back().id;
  }
  statements.add("UPDATE catalogue SET match_version = $1", domain::kMatchKeysVersion);
  auto committing = transaction.commit(std::move(statements), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(committing));
  co_return Result<void>();
}

/// Returns the migrations that were applied.
Task<Result<std::vector<std::string>>> bring_up_to_date(pg::Connection& connection, Deadline deadline,
                                                        const Clock& clock) {
  auto migrating = pg::migrate(connection, kPostgresSchema, postgres_migrations(), deadline, clock);
  FILMOTEKA_CO_TRY(std::vector<std::string> applied, co_await std::move(migrating));
  auto renewing = renew_match_keys(connection, deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(renewing));
  co_return std::move(applied);
}

/// Connections of services to this database, and of other copies into it.
Task<Result<std::int64_t>> count_others(pg::Connection& connection, const std::string& own,
                                        Deadline deadline) {
  auto asking = connection.query(deadline,
                                 "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                 " AND (application_name = $1 OR (starts_with(application_name, $2)"
                                 " AND application_name <> $3))",
                                 pg::Parameters(kPostgresApplication, kPostgresCopyTarget, own));
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  co_return rows.get<std::int64_t>(0, 0);
}

}  // namespace

Task<Result<std::string>> prepare_postgres(pg::Pool& pool, Deadline deadline,
                                           std::chrono::milliseconds patience, const Clock& clock) {
  auto migrating = migrate_postgres(pool, deadline, patience, clock);
  FILMOTEKA_CO_CHECK(co_await std::move(migrating));
  auto asking = postgres_copy_mark(pool, deadline);
  FILMOTEKA_CO_TRY(CopyMark mark, co_await std::move(asking));
  FILMOTEKA_CO_CHECK(may_serve(mark));
  co_return std::move(mark.secret);
}

Task<Result<std::string>> prepare_postgres_source(pg::Pool& pool, Deadline deadline) {
  auto looking = pending_in_postgres(pool, deadline);
  FILMOTEKA_CO_TRY(const std::vector<std::string> pending, co_await std::move(looking));
  FILMOTEKA_CO_CHECK(is_readable_source(pending));
  auto asking = postgres_copy_mark(pool, deadline);
  FILMOTEKA_CO_TRY(CopyMark mark, co_await std::move(asking));
  co_return std::move(mark.secret);
}

Task<Result<void>> expect_nobody_else(pg::Pool& pool, Deadline deadline) {
  constexpr int kAttempts = 30;
  constexpr std::chrono::milliseconds kPause{100};
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  for (int attempt = 1;; ++attempt) {
    auto counting = count_others(*lease, pool.connect_settings().application_name, deadline);
    FILMOTEKA_CO_TRY(const std::int64_t connections, co_await std::move(counting));
    if (connections == 0) co_return Result<void>();
    if (attempt == kAttempts) {
      co_return Error{ErrorCode::kConflict,
                      "A metadata service or another copy works on the target (" +
                          std::to_string(connections) + " connections): stop it until the copy is whole.",
                      {},
                      {}};
    }
    // Of one that has just ended: they are given a moment to go.
    auto pausing = sleep_for(kPause);
    co_await std::move(pausing);
  }
}

Task<Result<std::string>> prepare_postgres_target(pg::Pool& pool, Deadline deadline, const Clock& clock) {
  auto expecting = expect_nobody_else(pool, deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(expecting));
  {
    auto acquiring = pool.acquire(deadline);
    FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
    auto preparing = bring_up_to_date(*lease, deadline, clock);
    FILMOTEKA_CO_CHECK(co_await std::move(preparing));
  }
  auto asking = postgres_copy_mark(pool, deadline);
  FILMOTEKA_CO_TRY(CopyMark mark, co_await std::move(asking));
  co_return std::move(mark.secret);
}

Task<Result<std::vector<std::string>>> migrate_postgres(pg::Pool& pool, Deadline deadline,
                                                        std::chrono::milliseconds patience,
                                                        const Clock& clock) {
  auto acquiring = pool.acquire(deadline, patience);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  auto migrating = bring_up_to_date(*lease, deadline, clock);
  co_return co_await std::move(migrating);
}

Task<Result<std::vector<std::string>>> pending_in_postgres(pg::Pool& pool, Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  auto asking = pg::pending_migrations(*lease, postgres_migrations(), deadline);
  co_return co_await std::move(asking);
}

}  // namespace filmoteka::metadata
