#include <metadata/core/catalogue/order_key.hpp>

namespace filmoteka::metadata {

std::uint64_t order_key(const FilmNumbers& film, std::uint64_t title_position, SortOrder order) {
  switch (order.key) {
    case SortKey::kViews:
      return directed(static_cast<std::uint64_t>(film.views), order.descending);
    case SortKey::kRating:
      return optional_order_key(film.rating, order.descending);
    case SortKey::kYear:
      return optional_order_key(film.year, order.descending);
    case SortKey::kAddedAt:
      return time_order_key(film.added_at, order.descending);
    case SortKey::kTitle:
      return directed(title_position, order.descending);
    case SortKey::kDuration:
      return optional_order_key(film.duration, order.descending);
  }
  return kLastOrderKey;
}

}  // namespace filmoteka::metadata
