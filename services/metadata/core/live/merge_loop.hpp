/// Folds the catalogue's delta into its segment in the background, whenever it has grown enough, and keeps
/// the order by views young.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/event.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/live/memory_metric.hpp>
#include <metadata/core/live/revision_signal.hpp>
#include <metadata/core/live/snapshot_readers.hpp>

#include <atomic>
#include <chrono>
#include <memory>

namespace filmoteka::metadata {

/// How often the order by views is made anew, at most.
inline constexpr std::chrono::milliseconds kViewsOrderAge{3'000};

/// How long to wait after a refresh that took `last`: it may take a twentieth of one core, no more.
std::chrono::milliseconds pause_after_refresh(std::chrono::milliseconds shortest,
                                              std::chrono::milliseconds last);

class MergeLoop {
 public:
  /// Lives on thread 0 of `runtime`. `pool` has one thread, for this alone: merges and refreshes never meet,
  /// and nobody waits behind them.
  MergeLoop(Runtime& runtime, Catalogue& catalogue, SnapshotReaders& readers, BlockingPool& pool,
            telemetry::Logger log, telemetry::Metrics& metrics);

  /// Look whether a merge is due. Any thread, cheap.
  void nudge();
  /// Merges until it is cancelled; a merge under way is finished first, unless give_up() was called.
  Task<void> run();
  /// No more merges, and the one under way ends soon, undone: nothing is lost by it. Any thread.
  void give_up() { given_up_ = true; }
  /// Refreshes the order by views, and tells what the catalogue takes, until it is cancelled.
  Task<void> refresh_views(std::chrono::milliseconds age = kViewsOrderAge);

  /// Where a merge is overdue, waits for the end of one, at most for a second. From a coroutine on any of the
  /// runtime's threads.
  Task<void> let_merges_catch_up(Deadline deadline);
  /// Tells what the catalogue takes. Any thread.
  void show_memory() { memory_.show(catalogue_.memory()); }

 private:
  struct Wanted {
    explicit Wanted(Executor on) : executor(on), event(on) {}
    Executor executor;
    Event event;
    std::atomic<bool> posted{false};
  };
  bool merge();
  Task<void> free_retired();

  std::shared_ptr<Wanted> wanted_;
  Catalogue& catalogue_;
  SnapshotReaders& readers_;
  BlockingPool& pool_;
  telemetry::Logger log_;
  telemetry::Histogram& seconds_;
  telemetry::Counter& delays_;
  MemoryMetric memory_;
  std::atomic<bool> given_up_{false};
  RevisionSignal attempts_;  ///< numbers of merges that have ended, well or not
};

}  // namespace filmoteka::metadata
