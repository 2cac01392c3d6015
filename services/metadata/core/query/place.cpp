#include <metadata/core/query/place.hpp>

namespace filmoteka::metadata {
namespace {

bool is_between_titles(std::uint64_t title_position) {
  return title_position % 2 == 0;
}

}  // namespace

Place Ordering::relevance(const FilmNumbers& film, std::string_view searchable) const {
  return {{static_cast<std::uint64_t>(search_->rank(searchable)), order_key(film, 0, {SortKey::kViews, true}),
           order_key(film, 0, {SortKey::kRating, true})},
          {},
          film.id};
}

Place Ordering::place(Row row) const {
  const Segment& segment = *snapshot_->segment;
  if (sort_.by_relevance) return relevance(snapshot_->numbers(row), segment.searchable[row]);
  const std::uint64_t title = 2 * std::uint64_t{segment.title_rank[row]} + 1;
  return {{order_key(snapshot_->numbers(row), title, sort_.order)}, {}, segment.id[row]};
}

Place Ordering::place(const DeltaEntry& film) const {
  if (sort_.by_relevance) return relevance(film.numbers, film.row->searchable);
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
