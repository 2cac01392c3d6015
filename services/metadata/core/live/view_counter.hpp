/// Counts views: many small acknowledgements, few commits.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/live/revision_signal.hpp>
#include <metadata/core/movie_store.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace filmoteka::metadata {

/// Group commit: while one commit is under way, views gather for the next one.
class ViewCounter {
 public:
  /// Lives on thread 0 of `runtime`; count() may be called from any of its threads.
  ViewCounter(Runtime& runtime, LiveCatalogue& catalogue, MovieStore& store, telemetry::Metrics& metrics);

  /// Returns when the view is durable and shown. kNotFound: the film was deleted meanwhile. kUnavailable,
  /// kDeadlineExceeded: nothing is known of this view.
  Task<Result<void>> count(domain::MovieId id, Deadline deadline);

  /// Commits what gathers, until it is cancelled; the commit under way is finished first. What the store
  /// throws is thrown on, once those who wait for the commit have been told; it may be run again.
  Task<void> run();

 private:
  /// What is committed together. Its outcome is written before its number is published.
  struct Batch {
    std::int64_t number = 0;
    std::unordered_map<domain::MovieId, std::int64_t> more;
    std::unordered_map<domain::MovieId, bool> known;
    std::optional<Error> failure;
  };
  struct Wanted {
    explicit Wanted(Executor on) : executor(on), event(on) {}
    Executor executor;
    Event event;
    std::atomic<bool> posted{false};
  };
  std::shared_ptr<Batch> gather(domain::MovieId id);
  std::shared_ptr<Batch> take();
  Task<void> commit(std::shared_ptr<Batch> batch);
  Task<void> add(Batch& batch);
  void nudge();

  LiveCatalogue& catalogue_;
  MovieStore& store_;
  telemetry::Counter& views_;
  telemetry::Counter& commits_;
  RevisionSignal committed_;  ///< numbers of batches
  std::shared_ptr<Wanted> wanted_;
  std::mutex mutex_;  ///< guards open_
  std::shared_ptr<Batch> open_;
};

}  // namespace filmoteka::metadata
