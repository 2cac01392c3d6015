/// The catalogue at work: loaded from the store, kept equal to it, read by every I/O thread.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/live/commit_order.hpp>
#include <metadata/core/live/film_loader.hpp>
#include <metadata/core/live/merge_loop.hpp>
#include <metadata/core/live/revision_signal.hpp>
#include <metadata/core/live/snapshot_readers.hpp>
#include <metadata/core/movie_store.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>

namespace filmoteka::metadata {

/// kLoading: answers would be wrong, so there are none. kFailed: what is in memory is not what is stored; it
/// has to be loaded anew.
enum class Phase { kLoading, kReady, kFailed };

class LiveCatalogue {
 public:
  /// What enters is entered on `pool`; `merging` has one thread, for merges and orders alone: they take long,
  /// and no writer may wait behind them.
  LiveCatalogue(Runtime& runtime, BlockingPool& pool, BlockingPool& merging, telemetry::Logger log,
                telemetry::Metrics& metrics, FilmsKept kept = FilmsKept::kWhole);

  /// Reads the store and becomes ready; what was there before is replaced. A failure is logged, and makes it
  /// kFailed unless it is_renewing(): it needs_load() then, still.
  Task<void> load(MovieStore& store);
  /// The store has gone back behind what was taken from it. Until load() has succeeded, reads go on from what
  /// is in memory, and nothing may be written: it could not be read afterwards. Any thread.
  void renew() { renewing_ = true; }
  bool is_renewing() const { return renewing_.load(); }
  bool needs_load() const { return phase() != Phase::kReady || is_renewing(); }
  /// Merges in the background until it is cancelled.
  Task<void> run() { return merges_.run(); }
  /// Before run() is cancelled: it shall not finish a merge first. Any thread.
  void give_up_merging() { merges_.give_up(); }
  /// Keeps the order by views young until it is cancelled: it lags by a few seconds.
  Task<void> refresh_views(std::chrono::milliseconds age = kViewsOrderAge) {
    return merges_.refresh_views(age);
  }

  /// Enters the changes that lead the store from `before` to `after`, ascending by revision. They are in the
  /// catalogue when it returns, unless an earlier commit is still missing: then they wait for it.
  Task<void> enter(domain::Revision before, domain::Revision after, std::vector<Change> changes);
  /// Enters a commit of ours and returns when it can be read; one of several films waits, for a second at
  /// most, while merges are behind. kDeadlineExceeded: it is durable, but an earlier commit of another
  /// process has not been heard of yet.
  Task<Result<void>> enter(Commit commit, Deadline deadline);

  /// Enters all views that have changed in the store after a version that was views_version() or below.
  void enter_views(const ViewNews& news);
  /// Enters views of a commit of ours: what changed in that version alone. Versions before it that were not
  /// heard of remain to be asked for.
  void enter_own_views(const ViewNews& news);

  /// Everything in the store up to here has been entered and can be read.
  domain::Revision taken() const { return revisions_.current(); }
  /// All views in the store up to this version have been entered.
  std::int64_t views_version() const { return views_version_.load(); }

  /// The newest state. From a coroutine on the thread of `executor`, which is its own.
  std::shared_ptr<const Snapshot> snapshot(const Executor& executor) { return readers_.get(executor); }
  RevisionSignal& revisions() { return revisions_; }

  Phase phase() const { return phase_.load(std::memory_order_acquire); }
  /// For people: how far loading is, or what went wrong. Thread-safe.
  std::string describe_phase() const;

 private:
  Task<Result<void>> load_now(MovieStore& store);
  void take(domain::Revision before, domain::Revision after, std::vector<Change> changes);
  void ready(domain::Revision revision, std::int64_t views_version,
             std::chrono::steady_clock::time_point since);
  void load_failed(const std::string& detail);
  void fail(const std::string& detail);

  BlockingPool& pool_;
  telemetry::Logger log_;
  Catalogue catalogue_;
  SnapshotReaders readers_;
  RevisionSignal revisions_;
  MergeLoop merges_;
  telemetry::Gauge& films_;
  telemetry::Gauge& revision_;
  std::mutex entering_;  ///< guards order_, and that changes are applied in its order
  CommitOrder order_;
  std::atomic<std::int64_t> views_version_{0};
  std::atomic<Phase> phase_{Phase::kLoading};
  std::atomic<bool> renewing_{false};
  std::string load_failure_;  ///< that was logged; load()'s own
  LoadProgress progress_;
};

}  // namespace filmoteka::metadata
