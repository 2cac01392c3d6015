/// The Store on one SQLite file, used by one thread of its own.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/sql/database.hpp>

#include <scraper/core/run/store.hpp>

#include <atomic>
#include <filesystem>
#include <memory>

namespace filmoteka::scraper {

struct SqliteStoreSettings {
  std::size_t max_rejects = 10'000;
  std::size_t kept_runs = 1'000;
  std::size_t max_validators = 50'000;  ///< of one source; those that were used last are kept
};

class SqliteStore final : public Store {
 public:
  /// Opens or creates the file, brings its schema up to date, closes the runs that a dead process left open
  /// and frees its leases: nobody else has the file. Blocking.
  static Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& file,
                                                   SqliteStoreSettings settings, const Clock& clock);

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
  std::size_t depth() const override { return depth_->load(std::memory_order_relaxed); }
  /// The same number, for a gauge that may outlive the store.
  std::shared_ptr<const std::atomic<std::size_t>> depth_counter() const { return depth_; }

 private:
  SqliteStore(sql::Database database, SqliteStoreSettings settings, const Clock& clock);
  Result<void> prepare_file();
  Result<Claimed> take(const std::string& source, std::chrono::milliseconds lifetime);
  Result<Committed> write_page(const Page& page);
  Result<std::uint64_t> write_end(Ending& ending);
  Result<void> write_deliveries(const std::vector<Delivery>& deliveries, Timestamp now);
  /// Reads the state, lets `change` change it, and writes it.
  template <class Change>
  Task<Result<void>> change_state(std::string source, Change change);
  /// `work` in one transaction on the store's thread.
  template <class Work>
  auto atomically(Work work) -> Task<decltype(work())>;
  /// `work` on the store's thread.
  template <class Work>
  auto on_thread(Work work) -> Task<decltype(work())>;

  sql::Database database_;  ///< after open(): only on pool_'s thread
  SqliteStoreSettings settings_;
  const Clock& clock_;
  std::shared_ptr<std::atomic<std::size_t>> depth_ = std::make_shared<std::atomic<std::size_t>>(0);
  BlockingPool pool_;  ///< last: its thread ends before the rest goes
};

}  // namespace filmoteka::scraper
