#include <metadata/core/catalogue/order_key.hpp>

namespace filmoteka::metadata {
namespace {

std::uint64_t optional_key(std::int64_t value, bool descending) {
  if (value == FilmNumbers::kAbsent) return kLastOrderKey;
  return directed(static_cast<std::uint64_t>(value), descending);
}

// Times before 1970 are negative: moved up they keep their order as unsigned numbers.
std::uint64_t time_key(std::int64_t time, bool descending) {
  constexpr std::uint64_t kOffset = std::uint64_t{1} << 62;
  return directed(static_cast<std::uint64_t>(time) + kOffset, descending);
}

}  // namespace

std::uint64_t order_key(const FilmNumbers& film, std::uint64_t title_position, SortOrder order) {
  switch (order.key) {
    case SortKey::kViews:
      return directed(static_cast<std::uint64_t>(film.views), order.descending);
    case SortKey::kRating:
      return optional_key(film.rating, order.descending);
    case SortKey::kYear:
      return optional_key(film.year, order.descending);
    case SortKey::kAddedAt:
      return time_key(film.added_at, order.descending);
    case SortKey::kTitle:
      return directed(title_position, order.descending);
    case SortKey::kDuration:
      return optional_key(film.duration, order.descending);
  }
  return kLastOrderKey;
}

}  // namespace filmoteka::metadata
