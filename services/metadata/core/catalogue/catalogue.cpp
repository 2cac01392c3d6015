#include <metadata/core/catalogue/catalogue.hpp>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace filmoteka::metadata {
namespace {

std::shared_ptr<const Snapshot> snapshot_of(SegmentBuilder builder, domain::Revision revision,
                                            const std::shared_ptr<ViewCounts>& counts,
                                            std::size_t threads = 1, const IndexProgress& progress = {}) {
  auto segment = builder.finish(*counts, threads, progress);
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
      view_counts_(std::make_shared<ViewCounts>()),
      publisher_(snapshot_of(SegmentBuilder(), 0, view_counts_)),
      arena_(std::make_shared<FilmRowArena>()) {}
Catalogue::~Catalogue() = default;

void Catalogue::load(SegmentBuilder builder, domain::Revision revision, std::size_t threads,
                     const IndexProgress& progress) {
  const auto loaded = snapshot_of(std::move(builder), revision, view_counts_, threads, progress);
  {
    const std::lock_guard merge_lock(merging_);
    const std::lock_guard lock(writing_);
    arena_ = std::make_shared<FilmRowArena>();
    publish(*loaded);
  }
  std::unique_lock lock(pending_mutex_);
  const std::vector<FilmViews> waited = pending_views_.take_all();
  lock.unlock();
  set_views(waited);
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
      accepted.push_back({change.id, &arena_->add(std::move(*rows[i]))});
    } else {
      known.view_slot.reset();
      accepted.push_back({change.id, nullptr});
    }
  }
  if (accepted.empty()) return;
  enter_pending(accepted);
  if (merge_running_) {
    since_merge_began_.insert(since_merge_began_.end(), accepted.begin(), accepted.end());
  }
  Snapshot next = *before;
  next.revision = revision;
  next.delta =
      std::make_shared<const Delta>(before->delta->with(*before->segment, accepted, arena_, *view_counts_));
  publish(next);
  enter_pending(accepted);  // what came since
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
  const auto state = publisher_.current();
  std::size_t grown = 0;
  std::vector<FilmViews> unknown;
  for (const FilmViews& film : views) {
    if (const auto slot = known_film(*state, film.id).view_slot) {
      if (view_counts_->raise(*slot, film.views)) ++grown;
    } else {
      unknown.push_back(film);
    }
  }
  if (!unknown.empty()) grown += keep_pending(unknown);
  views_changed_ += grown;
  return grown;
}

// A film that enters is published first, then asks for what is pending, under the same lock: either it is
// seen here, or it finds its views there.
std::size_t Catalogue::keep_pending(std::span<const FilmViews> views) {
  const std::lock_guard lock(pending_mutex_);
  const auto state = publisher_.current();
  std::size_t grown = 0;
  for (const FilmViews& film : views) {
    if (const auto slot = known_film(*state, film.id).view_slot) {
      if (view_counts_->raise(*slot, film.views)) ++grown;
    } else {
      pending_views_.keep(film);
    }
  }
  return grown;
}

void Catalogue::enter_pending(std::span<const RowChange> entered) {
  const std::lock_guard lock(pending_mutex_);
  if (pending_views_.empty()) return;
  for (const RowChange& change : entered) {
    const auto views = pending_views_.take(change.id);
    if (views && change.row != nullptr && view_counts_->raise(change.row->view_slot, *views)) {
      ++views_changed_;
    }
  }
}

std::shared_ptr<const Snapshot> Catalogue::snapshot() const {
  return publisher_.current();
}

void Catalogue::publish(const Snapshot& next) {
  publisher_.publish(std::make_shared<const Snapshot>(next));
}

}  // namespace filmoteka::metadata
