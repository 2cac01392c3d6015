/// The system of record, as the service sees it: what was acknowledged is in it, and the catalogue in memory
/// is built from it. Adapters: adapters/sqlite_movie_store.hpp, adapters/postgres_movie_store.hpp.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/feed.hpp>
#include <metadata/core/write/plan.hpp>
#include <metadata/core/write/write.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// A write that is durable.
struct Commit {
  std::vector<RowOutcome> outcomes;
  domain::Revision before = 0;  ///< the store's revision when it began
  domain::Revision after = 0;
  /// What has changed from `before` to `after`, ascending by revision, each film once.
  std::vector<Change> changes;
};

/// What followers of a store shared by several services take over: everything up to `revision`. It is lower
/// than what was asked for when the store has gone back (a standby that lagged took over, a backup was
/// restored): then what the follower has is no more.
struct News {
  std::vector<Change> changes;  ///< ascending by revision, each film once, at most the limit
  domain::Revision revision = 0;
  std::string secret;  ///< the store's as it is now; empty: it cannot change while the store is open
};

/// Local views that have changed after a version of them, and the version they are of.
struct ViewNews {
  std::vector<FilmViews> views;
  std::int64_t version = 0;
};

/// The open reviews behind a pair, at most `limit`.
struct ReviewQuery {
  domain::MovieId after_movie = 0;
  domain::MovieId after_other = 0;
  std::size_t limit = 0;
};

/// All films in one state of the store, in ascending order of id, some thousands at a time, with their
/// records and edits. Not thread-safe.
class FilmReader {
 public:
  virtual ~FilmReader() = default;
  virtual domain::Revision revision() const = 0;
  virtual std::int64_t views_version() const = 0;
  virtual std::uint64_t films() const = 0;
  /// The next films; empty at the end.
  virtual Task<Result<std::vector<domain::Movie>>> next() = 0;
};

/// All that an export tells, of one state of the store.
struct StoreExport {
  Counters counters;
  std::unique_ptr<FilmReader> films;               ///< in ascending order of revision, not of id
  std::vector<RestoreMovies::Deletion> deletions;  ///< ascending by revision, each with its time
  std::vector<StoredReview> reviews;               ///< ascending by movie and other
};

using FilmReaders = std::vector<std::unique_ptr<FilmReader>>;

/// Thread-safe: called from the coroutines of any I/O thread, which it never blocks. Must outlive its calls.
/// A call that does not say otherwise ends by itself within the store's own deadline. After kUnavailable or
/// kDeadlineExceeded of a write nothing is known of it: it may be repeated (all writes are idempotent but
/// CreateMovie without a key, and SplitMovie).
class MovieStore {
 public:
  virtual ~MovieStore() = default;

  /// All or nothing, durable when it returns. Writers exclude each other, those of other processes too, so
  /// that revisions become visible in their order. Films are stamped and numbered here; a film whose facts
  /// are what is stored is left alone: nothing is written for it. Errors: those of plan_write(),
  /// kUnavailable, kDeadlineExceeded, kCorrupt, kInternal.
  virtual Task<Result<Commit>> write(const Write& write) = 0;
  /// The same for somebody who waits until `deadline` only. A store that waits for nobody else may finish it
  /// later than that.
  virtual Task<Result<Commit>> write_within(const Write& write, Deadline deadline);

  /// Adds views to films, each at most once in `views` (`FilmViews::views`: how many more), durable when it
  /// returns. Returns the new numbers, of films that exist only.
  virtual Task<Result<ViewNews>> add_views(std::span<const FilmViews> more) = 0;

  /// The film as it is stored now, with its records, edits and views; nullopt: there is none of this id.
  virtual Task<Result<std::optional<domain::Movie>>> film(domain::MovieId id) = 0;

  virtual Task<Result<std::unique_ptr<FilmReader>>> read_all() = 0;

  /// All films of one state, told by up to `parts` readers (at least one): each has a range of ids, the
  /// first the lowest, and says in films() how many are in it; revision() and views_version() are the same
  /// for all. Each reader is used from one coroutine at a time, and different ones at the same time: the work
  /// of next() is then done on several threads. Reading with more parts than threads evens out ranges of
  /// different sizes.
  virtual Task<Result<FilmReaders>> read_parts(std::size_t parts);

  /// kInternal from a store that nothing is exported from.
  virtual Task<Result<StoreExport>> read_export();

  /// In the order of revisions. Each film appears at most once, with its last change.
  virtual Task<Result<std::vector<FeedEntry>>> changes(FeedQuery query) = 0;

  /// The films behind the entries of the feed after `after`; gap-free: what commits later has a higher
  /// revision than all of it. Says within two seconds whether the store answers.
  virtual Task<Result<News>> news(domain::Revision after, std::size_t limit) = 0;
  virtual Task<Result<ViewNews>> view_news(std::int64_t after_version) = 0;

  /// Returns when another process may have written, or at `deadline`. Cancellable. A store of one process
  /// waits for the deadline.
  virtual Task<void> wait_for_news(Deadline deadline) = 0;

  /// Pairs of films that may be the same, for people to decide, in the order of their ids.
  virtual Task<Result<std::vector<Review>>> reviews(ReviewQuery query) = 0;

  /// 32 random bytes, the same for all processes of one store: what cursors are signed with.
  virtual const std::string& secret() const = 0;
};

}  // namespace filmoteka::metadata
