#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/catalogue/merge.hpp>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace filmoteka::metadata {
namespace {

// A delta of this many films costs a query some hundred microseconds; a merge costs about as much as the
// segment is long. So the bound grows with the segment.
constexpr std::size_t kSmallestMerge = 4'096;
constexpr std::size_t kSegmentShare = 64;

std::shared_ptr<const Snapshot> empty_snapshot() {
  return std::make_shared<const Snapshot>(
      Snapshot{SegmentBuilder().finish(), std::make_shared<const Delta>(), 0});
}

domain::Revision known_revision(const Snapshot& snapshot, domain::MovieId id) {
  if (const FilmRow* row = snapshot.delta->find(id)) return row->numbers.revision;
  const auto row = snapshot.segment->find(id);
  return row && !snapshot.delta->is_masked(*row) ? snapshot.segment->revision[*row] : 0;
}

}  // namespace

Catalogue::Catalogue() : publisher_(empty_snapshot()), arena_(std::make_shared<FilmRowArena>()) {}
Catalogue::~Catalogue() = default;

void Catalogue::load(SegmentBuilder builder, domain::Revision revision) {
  auto segment = builder.finish();
  const std::lock_guard merge_lock(merging_);
  const std::lock_guard lock(writing_);
  arena_ = std::make_shared<FilmRowArena>();
  publish(std::move(segment), std::make_shared<const Delta>(), revision);
}

void Catalogue::apply(std::span<const Change> changes) {
  GenreFolder folder;
  std::vector<std::optional<FilmRow>> rows;
  rows.reserve(changes.size());
  for (const Change& change : changes) {
    rows.push_back(change.movie ? std::optional(make_film_row(*change.movie, folder)) : std::nullopt);
  }

  const std::lock_guard lock(writing_);
  const auto before = publisher_.current();
  domain::Revision revision = before->revision;
  std::unordered_map<domain::MovieId, domain::Revision> in_this_batch;
  std::vector<RowChange> accepted;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Change& change = changes[i];
    const auto [known, first] = in_this_batch.try_emplace(change.id, 0);
    if (first) known->second = known_revision(*before, change.id);
    if (change.revision <= known->second) continue;
    known->second = change.revision;
    revision = std::max(revision, change.revision);
    if (rows[i]) arena_->rows.push_back(std::move(*rows[i]));
    accepted.push_back({change.id, rows[i] ? &arena_->rows.back() : nullptr});
  }
  if (accepted.empty()) return;
  if (merge_running_) {
    since_merge_began_.insert(since_merge_began_.end(), accepted.begin(), accepted.end());
  }
  auto delta = std::make_shared<const Delta>(before->delta->with(*before->segment, accepted, arena_));
  publish(before->segment, std::move(delta), revision);
}

bool Catalogue::merge_due() const {
  const auto state = publisher_.current();
  const std::size_t changed = state->delta->entries().size() + state->delta->masked_count();
  return changed > std::max(kSmallestMerge, state->segment->size() / kSegmentShare);
}

void Catalogue::merge() {
  const std::unique_lock merge_lock(merging_, std::try_to_lock);
  if (!merge_lock) return;
  const auto before = begin_merge();
  if (before->delta->empty()) return;
  try {
    end_merge(merged(*before));
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

void Catalogue::end_merge(std::shared_ptr<const Segment> segment) {
  const std::lock_guard lock(writing_);
  merge_running_ = false;
  Delta delta;
  if (!since_merge_began_.empty()) delta = delta.with(*segment, since_merge_began_, arena_);
  since_merge_began_.clear();
  publish(std::move(segment), std::make_shared<const Delta>(std::move(delta)),
          publisher_.current()->revision);
}

std::shared_ptr<const Snapshot> Catalogue::snapshot() const {
  return publisher_.current();
}

void Catalogue::publish(std::shared_ptr<const Segment> segment, std::shared_ptr<const Delta> delta,
                        domain::Revision revision) {
  publisher_.publish(
      std::make_shared<const Snapshot>(Snapshot{std::move(segment), std::move(delta), revision}));
}

}  // namespace filmoteka::metadata
