#include <metadata/core/catalogue/delta.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

// The last change of each film, ascending by id.
std::vector<RowChange> last_changes(std::span<const RowChange> changes) {
  std::vector<RowChange> sorted(changes.begin(), changes.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const RowChange& a, const RowChange& b) { return a.id < b.id; });
  std::vector<RowChange> last;
  for (const RowChange& change : sorted) {
    if (!last.empty() && last.back().id == change.id) last.pop_back();
    last.push_back(change);
  }
  return last;
}

FilmNumbers numbers_now(const FilmRow& row, const ViewCounts& views) {
  FilmNumbers numbers = row.numbers;
  numbers.views += views.at(row.view_slot);
  return numbers;
}

}  // namespace

FacetNumbers::FacetNumbers(const FilmRow& row)
    : source(row.source_number),
      genre_count(static_cast<std::uint32_t>(row.genre_numbers.size())),
      is_active(row.is_active),
      has_image(row.has_image) {
  const auto kept = std::min<std::size_t>(genre_count, kGenres);
  std::copy_n(row.genre_numbers.begin(), kept, first_genres.begin());
}

std::uint64_t title_position(const TextColumn& keys, std::string_view key) {
  std::size_t first = 0;
  for (std::size_t count = keys.size(); count > 0;) {
    const std::size_t half = count / 2;
    if (keys[first + half] < key) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  const bool same = first < keys.size() && keys[first] == key;
  return 2 * std::uint64_t{first} + (same ? 1 : 0);
}

void Delta::count_genres(const FilmRow& film, int sign) {
  for (const Genre& genre : film.genres) {
    SpellingChange& change = spellings_[{genre.folded, genre.shown}];
    change.films += sign;
    if (film.is_active) change.active += sign;
  }
}

void Delta::mask(const Segment& segment, Row row) {
  if (masked_.test(row)) return;
  masked_.set(row);
  ++masked_count_;
  if (segment.active.test(row)) {
    visible_.reset(row);
    --visible_count_;
  }
  for (auto i = segment.genre_offsets[row]; i < segment.genre_offsets[row + 1]; ++i) {
    const Genre& genre = segment.spellings[segment.genre_values[i]].genre;
    SpellingChange& change = spellings_[{genre.folded, genre.shown}];
    --change.films;
    if (segment.active.test(row)) --change.active;
  }
}

Delta Delta::with(const Segment& segment, std::span<const RowChange> changes,
                  const std::shared_ptr<const FilmRowArena>& arena, const ViewCounts& views) const {
  Delta next;
  next.masked_ = masked_.size() != 0 ? masked_ : Bitmap(segment.size());
  next.masked_count_ = masked_count_;
  next.visible_ = visible(segment);
  next.visible_count_ = visible_count(segment);
  next.spellings_ = spellings_;
  next.arenas_ = arenas_;
  if (next.arenas_.empty() || next.arenas_.back() != arena) next.arenas_.push_back(arena);

  const auto last = last_changes(changes);
  next.entries_.reserve(entries_.size() + last.size());
  auto old = entries_.begin();
  for (const RowChange& change : last) {
    while (old != entries_.end() && old->id < change.id) next.entries_.push_back(*old++);
    if (old != entries_.end() && old->id == change.id) next.count_genres(*old++->row, -1);
    if (change.row != nullptr) {
      next.count_genres(*change.row, 1);
      next.entries_.emplace_back(change.id, *change.row, numbers_now(*change.row, views),
                                 title_position(segment.title_keys, change.row->title_key));
    }
    if (const auto row = segment.find(change.id)) next.mask(segment, *row);
  }
  next.entries_.insert(next.entries_.end(), old, entries_.end());
  std::vector<const FilmRow*> entered;
  for (const RowChange& change : last) {
    if (change.row != nullptr) entered.push_back(change.row);
  }
  next.texts_ = with_films(texts_, entered);
  return next;
}

Delta Delta::with_views(const ViewCounts& views) const {
  Delta next = *this;
  for (DeltaEntry& entry : next.entries_) entry.numbers = numbers_now(*entry.row, views);
  return next;
}

std::size_t Delta::bytes() const {
  std::size_t bytes = entries_.capacity() * sizeof(DeltaEntry) + masked_.words().size_bytes();
  for (const auto& arena : arenas_) bytes += arena->bytes();
  for (const auto& part : texts_) bytes += part->index.bytes();
  return bytes;
}

const FilmRow* Delta::find(domain::MovieId id) const {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), id,
                       [](const DeltaEntry& entry, domain::MovieId wanted) { return entry.id < wanted; });
  return found != entries_.end() && found->id == id ? found->row : nullptr;
}

}  // namespace filmoteka::metadata
