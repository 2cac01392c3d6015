/// The system of record, as the service sees it: what was acknowledged is in it, and the catalogue in memory
/// is built from it. Adapters: SQLite (adapters/sqlite_store.hpp).
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/feed.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace filmoteka::metadata {

enum class UpsertStatus { kCreated, kUpdated, kUnchanged };

/// What became of one film of an upsert.
struct UpsertOutcome {
  UpsertStatus status = UpsertStatus::kUnchanged;
  domain::MovieId id = 0;
  domain::Revision revision = 0;  ///< the film's, after the upsert
};

/// All films in one state of the store, in ascending order of id, some thousands at a time. Not thread-safe.
class MovieReader {
 public:
  virtual ~MovieReader() = default;
  virtual domain::Revision revision() const = 0;
  virtual std::uint64_t films() const = 0;
  /// The next films; empty at the end.
  virtual Task<Result<std::vector<domain::Movie>>> next() = 0;
};

/// Thread-safe: called from the coroutines of any I/O thread, which it never blocks. Must outlive its calls.
class Store {
 public:
  /// Hears of every commit that changed something: in the order of commits (so revisions ascend from call to
  /// call), before the upsert returns, on a thread that may compute.
  using CommitListener = std::function<void(std::span<const Change> changes)>;

  virtual ~Store() = default;

  /// Inserts or updates films by (source, source_id), all or none of them in one durable transaction. The
  /// outcomes have the films' indices. A film whose facts are what is stored is left alone: nothing is
  /// written for it. `added_at` is set when a film enters and never changes.
  /// `movies` (validated) and what they refer to live until it returns.
  /// kUnavailable, kConflict, kCorrupt, kInternal: nothing was written.
  virtual Task<Result<std::vector<UpsertOutcome>>> upsert(std::span<const domain::MovieFacts> movies) = 0;

  virtual Task<Result<std::unique_ptr<MovieReader>>> read_all() = 0;

  /// In the order of revisions. Each film appears at most once, with its last change.
  virtual Task<Result<std::vector<FeedEntry>>> changes(FeedQuery query) = 0;
};

}  // namespace filmoteka::metadata
