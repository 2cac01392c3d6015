#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/catalogue/merge.hpp>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace filmoteka::metadata {
namespace {

// A changed film costs a question with all facets some half a microsecond; a merge costs about as much as the
// segment is long. So the bound grows with the segment: to a millisecond at a million films.
constexpr std::size_t kSmallestMerge = 2'048;
constexpr std::size_t kSegmentShare = 256;

std::shared_ptr<const Snapshot> snapshot_of(SegmentBuilder builder, domain::Revision revision,
                                            const std::shared_ptr<ViewCounts>& counts,
                                            std::size_t threads = 1) {
  auto segment = builder.finish(*counts, threads);
  auto order = make_views_order(*segment, *counts);
  return std::make_shared<const Snapshot>(
      Snapshot{std::move(segment), std::make_shared<const Delta>(), std::move(order), counts, revision});
}

// What is known of a film while a batch is entered.
struct KnownFilm {
  domain::Revision revision = 0;
  std::optional<ViewSlot> view_slot;
};

KnownFilm known_film(const Snapshot& snapshot, domain::MovieId id) {
  if (const FilmRow* row = snapshot.delta->find(id)) return {row->numbers.revision, row->view_slot};
  const auto row = snapshot.segment->find(id);
  if (!row || snapshot.delta->is_masked(*row)) return {};
  return {snapshot.segment->revision[*row], snapshot.segment->view_slot[*row]};
}

}  // namespace

Catalogue::Catalogue(FilmsKept kept)
    : kept_(kept),
      publisher_(snapshot_of(SegmentBuilder(), 0, std::make_shared<ViewCounts>())),
      view_counts_(std::make_shared<ViewCounts>()),
      arena_(std::make_shared<FilmRowArena>()) {
  Snapshot first = *publisher_.current();
  first.view_counts = view_counts_;
  publish(first);
}
Catalogue::~Catalogue() = default;

void Catalogue::load(SegmentBuilder builder, domain::Revision revision, std::size_t threads) {
  auto counts = std::make_shared<ViewCounts>();
  const auto loaded = snapshot_of(std::move(builder), revision, counts, threads);
  const std::lock_guard merge_lock(merging_);
  const std::lock_guard lock(writing_);
  arena_ = std::make_shared<FilmRowArena>();
  view_counts_ = std::move(counts);
  publish(*loaded);
}

void Catalogue::apply(std::span<const Change> changes) {
  GenreFolder folder;
  std::vector<std::optional<FilmRow>> rows;
  rows.reserve(changes.size());
  for (const Change& change : changes) {
    rows.push_back(change.movie ? std::optional(make_film_row(*change.movie, folder, kept_)) : std::nullopt);
  }

  const std::lock_guard lock(writing_);
  const auto before = publisher_.current();
  domain::Revision revision = before->revision;
  std::unordered_map<domain::MovieId, KnownFilm> in_this_batch;
  std::vector<RowChange> accepted;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Change& change = changes[i];
    const auto [entry, first] = in_this_batch.try_emplace(change.id);
    KnownFilm& known = entry->second;
    if (first) known = known_film(*before, change.id);
    if (change.revision <= known.revision) continue;
    known.revision = change.revision;
    revision = std::max(revision, change.revision);
    if (rows[i]) {
      known.view_slot = enter_views(*rows[i], known.view_slot);
      number_names(*rows[i]);
      arena_->rows.push_back(std::move(*rows[i]));
    } else {
      known.view_slot.reset();
    }
    accepted.push_back({change.id, rows[i] ? &arena_->rows.back() : nullptr});
  }
  if (accepted.empty()) return;
  if (merge_running_) {
    since_merge_began_.insert(since_merge_began_.end(), accepted.begin(), accepted.end());
  }
  Snapshot next = *before;
  next.revision = revision;
  next.delta =
      std::make_shared<const Delta>(before->delta->with(*before->segment, accepted, arena_, *view_counts_));
  publish(next);
}

void Catalogue::number_names(FilmRow& row) {
  row.source_number = sources_.intern(row.source);
  for (const Genre& genre : row.genres) {
    const std::uint32_t number = genres_.intern(genre.folded);
    const auto known = std::find(row.genre_numbers.begin(), row.genre_numbers.end(), number);
    if (known == row.genre_numbers.end()) row.genre_numbers.push_back(number);
  }
}

ViewSlot Catalogue::enter_views(FilmRow& row, std::optional<ViewSlot> known) {
  row.view_slot = known ? *known : view_counts_->add(row.local_views);
  if (known && view_counts_->raise(*known, row.local_views)) ++views_changed_;
  return row.view_slot;
}

std::size_t Catalogue::set_views(std::span<const FilmViews> views) {
  std::unique_lock lock(writing_);
  const auto state = publisher_.current();
  const std::shared_ptr<ViewCounts> counts = view_counts_;
  lock.unlock();
  std::size_t grown = 0;
  for (const FilmViews& film : views) {
    const auto slot = known_film(*state, film.id).view_slot;
    if (slot && counts->raise(*slot, film.views)) ++grown;
  }
  views_changed_ += grown;
  return grown;
}

bool Catalogue::refresh_views_order() {
  const std::lock_guard merge_lock(merging_);
  const std::uint64_t changed = views_changed_;
  if (changed == views_frozen_) return false;
  // Nobody else replaces the segment meanwhile; the delta may grow.
  const auto state = publisher_.current();
  auto order = make_views_order(*state->segment, *state->view_counts);
  const std::lock_guard lock(writing_);
  Snapshot next = *publisher_.current();
  next.views_order = std::move(order);
  next.delta = std::make_shared<const Delta>(next.delta->with_views(*view_counts_));
  publish(next);
  views_frozen_ = changed;
  return true;
}

bool Catalogue::merge_due() const {
  const auto state = publisher_.current();
  const std::size_t changed = state->delta->entries().size() + state->delta->masked_count();
  return changed > std::max(kSmallestMerge, state->segment->size() / kSegmentShare);
}

void Catalogue::merge() {
  const std::unique_lock merge_lock(merging_, std::try_to_lock);
  if (!merge_lock) return;
  const std::uint64_t changed = views_changed_;
  const auto before = begin_merge();
  if (before->delta->empty()) return;
  try {
    auto segment = merged(*before, *view_counts_);
    auto order = make_views_order(*segment, *view_counts_);
    end_merge(std::move(segment), std::move(order));
    views_frozen_ = changed;
  } catch (...) {
    const std::lock_guard lock(writing_);
    merge_running_ = false;
    throw;
  }
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

void Catalogue::end_merge(std::shared_ptr<const Segment> segment,
                          std::shared_ptr<const ViewsOrder> views_order) {
  const std::lock_guard lock(writing_);
  merge_running_ = false;
  Delta delta;
  if (!since_merge_began_.empty()) {
    delta = delta.with(*segment, since_merge_began_, arena_, *view_counts_);
  }
  since_merge_began_.clear();
  Snapshot next = *publisher_.current();
  next.segment = std::move(segment);
  next.views_order = std::move(views_order);
  next.delta = std::make_shared<const Delta>(std::move(delta));
  publish(next);
}

std::shared_ptr<const Snapshot> Catalogue::snapshot() const {
  return publisher_.current();
}

void Catalogue::publish(const Snapshot& next) {
  publisher_.publish(std::make_shared<const Snapshot>(next));
}

}  // namespace filmoteka::metadata
