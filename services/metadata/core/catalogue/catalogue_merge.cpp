#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/catalogue/merge.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

// A changed film costs a question with all facets some half a microsecond; a merge costs about as much as the
// segment is long. So the bound grows with the segment: to a millisecond at a million films.
constexpr std::size_t kSmallestMerge = 2'048;
constexpr std::size_t kSegmentShare = 256;
// A film that is changed again and again is one changed film, but each of its states stays in the delta.
constexpr std::size_t kBytesOfAChange = 8'192;
// Merges at work keep the delta below some multiples of the bound; where writers are faster they must wait.
constexpr std::size_t kOverdue = 8;

// As many changes as may be entered into a new delta while writers wait: some milliseconds.
constexpr std::size_t kFewChanges = 1'024;
// Each round has fewer left, unless writers are faster than that: then the last one makes them wait.
constexpr int kMostRounds = 8;

std::size_t changed_films(const Snapshot& state) {
  return state.delta->entries().size() + state.delta->masked_count();
}

std::size_t worth_merging(const Snapshot& state) {
  return std::max(kSmallestMerge, state.segment->size() / kSegmentShare);
}

}  // namespace

bool Catalogue::refresh_views_order() {
  if (views_changed_ == views_frozen_) return false;
  const std::unique_lock merge_lock(merging_, std::try_to_lock);
  if (!merge_lock) return false;
  const std::uint64_t changed = views_changed_;
  // Nobody else replaces the segment meanwhile; the delta may grow.
  auto state = publisher_.current();
  auto order = make_views_order(*state->segment, *state->view_counts);
  {
    const std::lock_guard lock(writing_);
    Snapshot next = *publisher_.current();
    next.views_order = std::move(order);
    next.delta = std::make_shared<const Delta>(next.delta->with_views(*view_counts_));
    publish(next);
  }
  views_frozen_ = changed;
  retired_.add(state->views_order, state->views_order->bytes());
  state.reset();
  retired_.free();
  return true;
}

bool Catalogue::merge_due() const {
  const auto state = publisher_.current();
  const std::size_t bound = worth_merging(*state);
  return changed_films(*state) > bound || state->delta->bytes() > bound * kBytesOfAChange;
}

bool Catalogue::merge_overdue() const {
  const auto state = publisher_.current();
  return changed_films(*state) > kOverdue * worth_merging(*state);
}

MergeOutcome Catalogue::merge(const Checkpoint& checkpoint) {
  const std::unique_lock merge_lock(merging_, std::try_to_lock);
  if (!merge_lock) return MergeOutcome::kBusy;
  const std::uint64_t changed = views_changed_;
  auto before = begin_merge();
  if (before->delta->empty()) return MergeOutcome::kNothing;
  try {
    fold(*before, checkpoint);
  } catch (...) {
    const std::lock_guard lock(writing_);
    merge_running_ = false;
    since_merge_began_.clear();
    throw;
  }
  views_frozen_ = changed;
  retire(*before);
  before.reset();
  retired_.free();
  return MergeOutcome::kDone;
}

std::shared_ptr<const Snapshot> Catalogue::begin_merge() {
  const std::lock_guard lock(writing_);
  auto before = publisher_.current();
  if (before->delta->empty()) return before;
  // Rows of later changes go to an arena of their own, so that the old one can be freed afterwards.
  arena_ = std::make_shared<FilmRowArena>();
  since_merge_began_.clear();
  merge_running_ = true;
  return before;
}

void Catalogue::fold(const Snapshot& before, const Checkpoint& checkpoint) {
  auto segment = merged(before, *view_counts_, checkpoint);
  auto order = make_views_order(*segment, *view_counts_);
  end_merge(std::move(segment), std::move(order));
}

void Catalogue::end_merge(std::shared_ptr<const Segment> segment,
                          std::shared_ptr<const ViewsOrder> views_order) {
  Delta delta;
  std::vector<RowChange> changes;
  for (int round = 1;; ++round) {
    std::unique_lock lock(writing_);
    changes.swap(since_merge_began_);
    const std::shared_ptr<const FilmRowArena> arena = arena_;
    const bool is_last = changes.size() <= kFewChanges || round == kMostRounds;
    // Writers go on meanwhile, but for the last few.
    if (!is_last) lock.unlock();
    if (!changes.empty()) delta = delta.with(*segment, changes, arena, *view_counts_);
    changes.clear();
    if (!is_last) continue;
    merge_running_ = false;
    Snapshot next = *publisher_.current();
    next.segment = std::move(segment);
    next.views_order = std::move(views_order);
    next.delta = std::make_shared<const Delta>(std::move(delta));
    publish(next);
    return;
  }
}

// Other snapshots that a reader may hold share these parts.
void Catalogue::retire(const Snapshot& before) {
  retired_.add(before.segment, before.segment->bytes());
  retired_.add(before.views_order, before.views_order->bytes());
  for (const auto& arena : before.delta->arenas()) retired_.add(arena, arena->bytes());
}

CatalogueMemory Catalogue::memory() const {
  const auto state = publisher_.current();
  return {.segment = state->segment->memory(),
          .views = state->views_order->bytes() + state->view_counts->bytes(),
          .delta = state->delta->bytes(),
          .retired = retired_.bytes()};
}

}  // namespace filmoteka::metadata
