/// The catalogue at work: loaded from the store, kept equal to it, read by every I/O thread.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/per_thread.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/live/merge_loop.hpp>
#include <metadata/core/live/revision_signal.hpp>
#include <metadata/core/store.hpp>

#include <atomic>
#include <memory>
#include <span>
#include <string>

namespace filmoteka::metadata {

/// kLoading: answers would be wrong, so there are none. kFailed: what is in memory is not what is stored;
/// only a restart helps.
enum class Phase { kLoading, kReady, kFailed };

class LiveCatalogue {
 public:
  LiveCatalogue(Runtime& runtime, BlockingPool& pool, telemetry::Logger log, telemetry::Metrics& metrics);

  /// Reads the store and becomes ready. A failure is logged and makes it kFailed.
  Task<void> load(Store& store);
  /// Merges in the background until it is cancelled.
  Task<void> run() { return merges_.run(); }

  /// The store's CommitListener: when it returns, the changes can be read.
  void enter(std::span<const Change> changes);

  /// The newest state. From a coroutine on the thread of `executor`, which is its own.
  std::shared_ptr<const Snapshot> snapshot(const Executor& executor) { return readers_.at(executor).get(); }
  RevisionSignal& revisions() { return revisions_; }

  Phase phase() const { return phase_.load(std::memory_order_acquire); }
  /// For people: how far loading is, or what went wrong. Thread-safe.
  std::string describe_phase() const;

 private:
  Task<Result<void>> load_now(Store& store);
  void ready(domain::Revision revision, std::chrono::steady_clock::time_point since);
  void fail(const std::string& detail);

  BlockingPool& pool_;
  telemetry::Logger log_;
  Catalogue catalogue_;
  PerThread<SnapshotReader> readers_;
  RevisionSignal revisions_;
  MergeLoop merges_;
  telemetry::Gauge& films_;
  telemetry::Gauge& revision_;
  std::atomic<Phase> phase_{Phase::kLoading};
  std::atomic<std::uint64_t> loaded_{0};
  std::atomic<std::uint64_t> to_load_{0};
};

}  // namespace filmoteka::metadata
