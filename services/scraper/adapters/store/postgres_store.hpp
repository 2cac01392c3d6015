/// The store in PostgreSQL, shared by any number of scrapers.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/sql/postgres/pool.hpp>

#include <scraper/adapters/store/postgres_calls.hpp>
#include <scraper/adapters/store/postgres_turns.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::scraper {

struct PostgresStoreSettings {
  std::string url;  ///< postgresql://user:password@host:5432/database; the tables are in its schema `scraper`
  std::size_t connections = 4;
  std::chrono::milliseconds deadline{10'000};             ///< of each call
  std::chrono::milliseconds migration_deadline{600'000};  ///< of opening
  std::chrono::milliseconds start_patience{30'000};       ///< with a database that cannot be reached yet
  std::chrono::milliseconds turn{60'000};                 ///< at a host; see PostgresTurnSettings::hold
  std::size_t max_rejects = 10'000;
  std::size_t kept_runs = 1'000;
  std::size_t max_validators = 50'000;  ///< of one source; those that were used last are kept
};

/// Its connections live on `executor`; calls may come from any thread's coroutines. Every call ends by the
/// settings' deadline; without a database it is kUnavailable after two seconds.
///
/// Leases go by the database's clock. Each write of a run locks the lease's row first, so that the lease
/// can't be taken over before the write has ended, nor the write come after that. A process that stops in
/// the middle of a write holds the row for three seconds; then the server ends its transaction.
///
/// A write whose connection is lost during COMMIT fails although it may have been done. Its run then repeats
/// the page: what was written is found to be known. With a full resync, and when a hand-over can't be noted,
/// films may go to metadata twice, which changes nothing there.
class PostgresStore final : public Store {
 public:
  /// Connects, brings the schema up to date and counts the outbox. Errors as sql::postgres::migrate().
  static Task<Result<std::unique_ptr<PostgresStore>>> open(Executor executor, PostgresStoreSettings settings,
                                                           const Clock& clock);

  Task<Result<std::vector<SourceState>>> states() override;
  Task<Result<void>> set_paused(std::string source, bool paused,
                                std::optional<Timestamp> next_run_at) override;
  Task<Result<void>> plan(std::string source, std::optional<Timestamp> next_run_at) override;
  Task<Result<Claimed>> claim(std::string source, std::chrono::milliseconds lifetime) override;
  Task<Result<void>> renew(Lease lease, std::chrono::milliseconds lifetime) override;
  Task<Result<void>> release(Lease lease) override;
  Task<Result<RunId>> begin_run(Lease lease, Trigger trigger, Sweep sweep, Timestamp now) override;
  Task<Result<Committed>> commit(Page page) override;
  Task<Result<std::uint64_t>> end_run(Ending ending) override;
  Task<Result<std::vector<Run>>> runs(ListQuery query) override;
  Task<Result<std::optional<Run>>> run(RunId id) override;
  Task<Result<std::optional<StoredPage>>> saved_page(std::string source) override;
  Task<Result<std::vector<StoredReject>>> rejects(ListQuery query) override;
  Task<Result<std::vector<bool>>> known(std::string source, std::vector<domain::MovieFacts> films) override;
  Task<Result<std::vector<std::optional<domain::MovieFacts>>>> stored(
      std::string source, std::vector<std::string> source_ids) override;
  Task<Result<std::optional<UrlValidators>>> validators(std::string source, std::string url) override;
  Task<Result<std::vector<OutboxRow>>> oldest(std::size_t limit) override;
  Task<Result<void>> acknowledge(Lease lease, std::vector<Delivery> deliveries, Timestamp now) override;
  Task<Result<std::optional<Timestamp>>> oldest_at() override;
  /// As counted at this process's last write, oldest() or oldest_at().
  std::size_t depth() const override { return depth_->load(std::memory_order_relaxed); }
  /// The same number, for a gauge that may outlive the store.
  std::shared_ptr<const std::atomic<std::size_t>> depth_counter() const { return depth_; }

  /// The turns at hosts, in the same database; they live as long as the store.
  fetch::SharedTurns& turns() { return turns_; }

 private:
  PostgresStore(Executor executor, PostgresStoreSettings settings, const Clock& clock);
  Task<Result<std::size_t>> prepare();
  Deadline deadline() const { return Deadline::after(settings_.deadline); }
  postgres::Limits limits() const;
  /// Runs `call` on the pool's executor and takes over how full the outbox is.
  template <class T>
  Task<Result<T>> counted(Task<Result<postgres::Counted<T>>> call);

  Executor executor_;
  PostgresStoreSettings settings_;
  const Clock& clock_;
  std::string owner_;  ///< how this process is called in the tables: host:process:random
  std::shared_ptr<std::atomic<std::size_t>> depth_ = std::make_shared<std::atomic<std::size_t>>(0);
  sql::postgres::Pool pool_;
  PostgresTurns turns_;
};

/// Brings the schema up to date and returns the names of the migrations that were applied now. Blocks.
Result<std::vector<std::string>> migrate_postgres(const PostgresStoreSettings& settings, const Clock& clock);

/// The migrations that migrate_postgres() would apply. Blocks.
Result<std::vector<std::string>> pending_postgres_migrations(const PostgresStoreSettings& settings);

}  // namespace filmoteka::scraper
