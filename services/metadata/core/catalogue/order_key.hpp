/// Sort keys as numbers: what permutations are sorted by, and rows of the delta are compared by.
#pragma once

#include <metadata/core/catalogue/film_row.hpp>
#include <metadata/core/catalogue/radix_sort.hpp>
#include <metadata/core/catalogue/sort_order.hpp>

#include <cstdint>

namespace filmoteka::metadata {

/// Turns a value's ascending key (below kLastOrderKey) into the key of the order: smaller comes first.
inline std::uint64_t directed(std::uint64_t ascending, bool descending) {
  return descending ? kLastOrderKey - 1 - ascending : ascending;
}

/// Of a value that films may lack: -1 then, otherwise not negative. Those without come last.
inline std::uint64_t optional_order_key(std::int64_t value, bool descending) {
  return value < 0 ? kLastOrderKey : directed(static_cast<std::uint64_t>(value), descending);
}

/// Of milliseconds since 1970: times before are negative, moved up they keep their order as unsigned numbers.
inline std::uint64_t time_order_key(std::int64_t time, bool descending) {
  constexpr std::uint64_t kOffset = std::uint64_t{1} << 62;
  return directed(static_cast<std::uint64_t>(time) + kOffset, descending);
}

/// The film's place in `order`: smaller comes first, ties are in order of id, kLastOrderKey has no value.
/// `title_position` is 2·rank + 1, or a DeltaEntry's; it is only looked at for SortKey::kTitle.
std::uint64_t order_key(const FilmNumbers& film, std::uint64_t title_position, SortOrder order);

}  // namespace filmoteka::metadata
