#include <filmoteka/async/runtime.hpp>
#include <filmoteka/sql/postgres/migrations.hpp>

#include <scraper/adapters/store/migrations.hpp>
#include <scraper/adapters/store/postgres_prepare.hpp>
#include <unistd.h>

#include <array>
#include <random>
#include <utility>

namespace filmoteka::scraper {

namespace pg = sql::postgres;

namespace {

constexpr std::string_view kSchema = "scraper";
constexpr std::chrono::milliseconds kLongestPause{500};  ///< between attempts to connect
/// Who stops with a lease's row in its hand holds it for so long.
constexpr std::chrono::milliseconds kIdleInTransaction{3'000};
/// Longer than that: who waits behind it gets through.
constexpr std::chrono::milliseconds kLockTimeout{4'000};

Task<Result<std::vector<std::string>>> pending(pg::Pool& pool, Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease connection, co_await std::move(acquiring));
  auto asking = pg::pending_migrations(*connection, postgres_migrations(), deadline);
  co_return co_await std::move(asking);
}

using Names = Result<std::vector<std::string>>;

Task<void> keep(Task<Names> task, std::optional<Names>& names) {
  names = co_await std::move(task);
}

}  // namespace

namespace postgres {

pg::PoolSettings pool_settings(const PostgresStoreSettings& settings) {
  pg::PoolSettings pool;
  pool.connect.url = settings.url;
  pool.connect.schema = kSchema;
  pool.connect.application_name = "filmoteka-scraper";
  pool.connect.idle_in_transaction_timeout = kIdleInTransaction;
  pool.connect.lock_timeout = kLockTimeout;
  pool.backoff.longest = kLongestPause;
  pool.max_connections = settings.connections;
  return pool;
}

std::string name_of_this_process() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host = {"unknown"};
  std::random_device entropy;
  return std::string(host.data()) + ":" + std::to_string(::getpid()) + ":" + std::to_string(entropy());
}

Task<Result<std::vector<std::string>>> migrate(pg::Pool& pool, const PostgresStoreSettings& settings,
                                               const Clock& clock) {
  const auto deadline = Deadline::after(settings.migration_deadline);
  auto acquiring = pool.acquire(deadline, settings.start_patience);
  FILMOTEKA_CO_TRY(const pg::Lease connection, co_await std::move(acquiring));
  auto migrating = pg::migrate(*connection, kSchema, postgres_migrations(), deadline, clock);
  co_return co_await std::move(migrating);
}

}  // namespace postgres

Result<std::vector<std::string>> migrate_postgres(const PostgresStoreSettings& settings, const Clock& clock) {
  Runtime runtime(1);
  pg::Pool pool(runtime.executor(0), postgres::pool_settings(settings));
  std::optional<Names> names;
  runtime.run(keep(postgres::migrate(pool, settings, clock), names));
  return std::move(*names);
}

Result<std::vector<std::string>> pending_postgres_migrations(const PostgresStoreSettings& settings) {
  Runtime runtime(1);
  pg::Pool pool(runtime.executor(0), postgres::pool_settings(settings));
  std::optional<Names> names;
  runtime.run(keep(pending(pool, Deadline::after(settings.deadline)), names));
  return std::move(*names);
}

}  // namespace filmoteka::scraper
