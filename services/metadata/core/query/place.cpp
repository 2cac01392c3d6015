#include <metadata/core/query/place.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

bool is_between_titles(std::uint64_t title_position) {
  return title_position % 2 == 0;
}

// An end of bounds as far as there may be values: no column but time has negative ones.
std::int64_t end_of(std::int64_t value, SortKey key) {
  constexpr std::int64_t kEndOfTime = std::int64_t{1} << 61;
  if (key == SortKey::kAddedAt) return std::clamp(value, -kEndOfTime, kEndOfTime);
  return std::max<std::int64_t>(value, 0);
}

std::uint64_t key_of(std::int64_t value, SortOrder order) {
  return order.key == SortKey::kAddedAt ? time_order_key(value, order.descending)
                                        : optional_order_key(value, order.descending);
}

}  // namespace

Ordering::Ordering(const Snapshot& snapshot, const ListSort& sort, const TextMatches* text,
                   const Bounds& bounds)
    : snapshot_(&snapshot), sort_(sort), text_(text) {
  if (!sort.by_relevance) rows_ = rows_within(bounds);
}

std::span<const Row> Ordering::rows_within(const Bounds& bounds) const {
  const std::span<const Row> all = snapshot_->rows_in(sort_.order);
  if (bounds.is_open()) return all;
  std::uint64_t first = key_of(end_of(bounds.from, sort_.order.key), sort_.order);
  std::uint64_t last = key_of(end_of(bounds.to, sort_.order.key), sort_.order);
  if (sort_.order.descending) std::swap(first, last);
  const auto begin = std::partition_point(all.begin(), all.end(), [&](Row row) { return key(row) < first; });
  const auto end = std::partition_point(begin, all.end(), [&](Row row) { return key(row) <= last; });
  return {begin, end};
}

// Only the column that is sorted by: a row is a cache miss in each.
std::uint64_t Ordering::key(Row row) const {
  const Segment& segment = *snapshot_->segment;
  switch (sort_.order.key) {
    case SortKey::kViews:
      return key_of(snapshot_->views_order->views[row], sort_.order);
    case SortKey::kRating:
      return key_of(segment.rating[row], sort_.order);
    case SortKey::kYear:
      return key_of(segment.year[row], sort_.order);
    case SortKey::kAddedAt:
      return key_of(segment.added_at[row], sort_.order);
    case SortKey::kTitle:
      return directed(2 * std::uint64_t{segment.title_rank[row]} + 1, sort_.order.descending);
    case SortKey::kDuration:
      break;
  }
  return key_of(segment.duration[row], sort_.order);
}

Place Ordering::relevance(TextRank rank, std::int64_t views, domain::MovieId id) {
  return {{rank, key_of(views, {SortKey::kViews, true})}, {}, id};
}

Place Ordering::place(Row row) const {
  const Segment& segment = *snapshot_->segment;
  if (sort_.by_relevance) {
    return relevance(text_->rank(row), snapshot_->views_order->views[row], segment.id[row]);
  }
  return {{key(row)}, {}, segment.id[row]};
}

Place Ordering::place(const DeltaEntry& film) const {
  if (sort_.by_relevance) return relevance(text_->rank(film), film.numbers.views, film.id);
  Place place{{order_key(film.numbers, film.title_position, sort_.order)}, {}, film.id};
  if (sort_.order.key == SortKey::kTitle && is_between_titles(film.title_position)) {
    place.title_key = film.row->title_key;
  }
  return place;
}

Place Ordering::title_place(std::string_view title_key, domain::MovieId id) const {
  const std::uint64_t position = title_position(snapshot_->segment->title_keys, title_key);
  return {{directed(position, sort_.order.descending)},
          is_between_titles(position) ? title_key : std::string_view(),
          id};
}

bool Ordering::before(const Place& a, const Place& b) const {
  if (a.keys != b.keys) return a.keys < b.keys;
  if (const int compared = a.title_key.compare(b.title_key); compared != 0) {
    return sort_.order.descending ? compared > 0 : compared < 0;
  }
  return a.id < b.id;
}

}  // namespace filmoteka::metadata
