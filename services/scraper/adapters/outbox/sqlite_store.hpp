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
};

class SqliteStore final : public Store {
 public:
  /// Opens or creates the file, brings its schema up to date and closes the runs that a dead process left
  /// open. Blocking.
  static Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path& file,
                                                   SqliteStoreSettings settings, const Clock& clock);

  Task<Result<std::vector<SourceState>>> states() override;
  Task<Result<void>> save(SourceState state) override;
  Task<Result<RunId>> begin_run(std::string source, Trigger trigger, Timestamp now) override;
  Task<Result<void>> commit(Page page) override;
  Task<Result<void>> end_run(Run run, SourceState state) override;
  Task<Result<std::vector<Run>>> runs(ListQuery query) override;
  Task<Result<std::optional<Run>>> run(RunId id) override;
  Task<Result<std::vector<StoredReject>>> rejects(ListQuery query) override;
  Task<Result<std::vector<OutboxRow>>> oldest(std::size_t limit) override;
  Task<Result<void>> acknowledge(std::vector<Delivery> deliveries, Timestamp now) override;
  std::size_t depth() const override { return depth_->load(std::memory_order_relaxed); }
  /// The same number, for a gauge that may outlive the store.
  std::shared_ptr<const std::atomic<std::size_t>> depth_counter() const { return depth_; }

 private:
  SqliteStore(sql::Database database, SqliteStoreSettings settings, const Clock& clock);
  Result<void> prepare_file();
  Result<void> write_page(const Page& page);
  Result<void> write_deliveries(const std::vector<Delivery>& deliveries, Timestamp now);
  /// `work` in one transaction. Blocking.
  template <class Work>
  Result<void> atomically(Work work);
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
