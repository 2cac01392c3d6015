/// The catalogue in memory: what answers every read. One writer changes it, any number of readers look at
/// snapshots of it without locks.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/catalogue_memory.hpp>
#include <metadata/core/catalogue/film_views.hpp>
#include <metadata/core/catalogue/interner.hpp>
#include <metadata/core/catalogue/pending_views.hpp>
#include <metadata/core/catalogue/retired_parts.hpp>
#include <metadata/core/catalogue/run_all.hpp>
#include <metadata/core/catalogue/segment_builder.hpp>
#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/catalogue/snapshot_reader.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace filmoteka::metadata {

/// One committed change of one film, in the order of its revision.
struct Change {
  domain::MovieId id = 0;
  domain::Revision revision = 0;
  std::optional<domain::Movie> movie;  ///< absent: the film was deleted
};

enum class MergeOutcome {
  kDone,
  kNothing,  ///< nothing has changed since the segment was made
  kBusy,     ///< another merge, or a refresh of the order by views, is under way
};

/// Thread-safe. apply() calls exclude each other; merge() may run beside them on another thread and holds the
/// lock only to swap its result in.
class Catalogue {
 public:
  /// `kept`: of the films that apply() enters; a builder for load() is told the same.
  explicit Catalogue(FilmsKept kept = FilmsKept::kWhole);
  ~Catalogue();
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  /// Replaces everything by what `builder` collected; `revision` is the store's at the time of reading.
  /// The way to load at start: sorts everything, takes seconds for a million films, on `threads` threads.
  /// Call it before any apply().
  void load(SegmentBuilder builder, domain::Revision revision, std::size_t threads = 1,
            const IndexProgress& progress = {});

  /// Enters committed changes; when it returns, new snapshots show them all (and never only some of them).
  /// A change that is not newer than the film's known revision is skipped, so repeating is harmless.
  void apply(std::span<const Change> changes);

  /// Raises the local views of films; they are shown at once, in all snapshots. Counts only grow: a lower one
  /// is ignored; one of a film that has not entered yet waits for it. Sorting and filtering by views follow
  /// with refresh_views_order(). Cheap, waits for no writer, from any thread. Returns how many have grown.
  std::size_t set_views(std::span<const FilmViews> views);
  /// Freezes the order by views anew if a count has grown since; false if none has, or while a merge is under
  /// way, which does the same. Sorts all films: some 100 ms for a million, so call it on a pool.
  bool refresh_views_order();

  /// True when the delta has grown so far that a merge pays. Cheap.
  bool merge_due() const;
  /// True when it has grown so far that writers should wait for a merge. Cheap.
  bool merge_overdue() const;
  /// Folds the delta into a new segment. Takes a part of a second for a million films: call it on a pool, not
  /// on an I/O thread. Returns at once when it has nothing to do or is not alone.
  /// Throws what `checkpoint` does; then the delta stays as it is.
  MergeOutcome merge(const Checkpoint& checkpoint = {});

  /// Frees, on this thread, large parts of former states that no reader holds any more; returns how many are
  /// still held. merge() and refresh_views_order() do so as well. May take some 100 ms.
  std::size_t free_retired() { return retired_.free(); }
  bool has_retired() const { return !retired_.empty(); }
  CatalogueMemory memory() const;

  /// The state now. On a hot path use a SnapshotReader.
  std::shared_ptr<const Snapshot> snapshot() const;
  /// What SnapshotReaders follow. Lives as long as the catalogue.
  const SnapshotPublisher& publisher() const { return publisher_; }
  FilmsKept kept() const { return kept_; }

 private:
  std::shared_ptr<const Snapshot> begin_merge();
  void fold(const Snapshot& before, const Checkpoint& checkpoint);
  void end_merge(std::shared_ptr<const Segment> segment, std::shared_ptr<const ViewsOrder> views);
  void retire(const Snapshot& before);
  void number_names(FilmRow& row);
  ViewSlot enter_views(FilmRow& row, std::optional<ViewSlot> known);
  std::size_t keep_pending(std::span<const FilmViews> views);
  void enter_pending(std::span<const RowChange> entered);
  void publish(const Snapshot& next);

  const FilmsKept kept_;
  const std::shared_ptr<ViewCounts> view_counts_;
  std::atomic<std::uint64_t> views_changed_{0};  ///< grows with every count that grew
  std::atomic<std::uint64_t> views_frozen_{0};   ///< views_changed_ before the order of now was made
  SnapshotPublisher publisher_;
  RetiredParts retired_;
  std::mutex pending_mutex_;  ///< guards pending_views_; taken last
  PendingViews pending_views_;
  std::mutex merging_;  ///< held while a segment or an order is made: one at a time
  std::mutex writing_;  ///< guards what follows, and the order of publications
  std::shared_ptr<FilmRowArena> arena_;
  Interner sources_;  // of rows in deltas
  Interner genres_;
  std::vector<RowChange> since_merge_began_;
  bool merge_running_ = false;
};

}  // namespace filmoteka::metadata
