/// The orders in which films can be listed without a search.
#pragma once

#include <cstddef>
#include <cstdint>

namespace filmoteka::metadata {

enum class SortKey : std::uint8_t { kViews, kRating, kYear, kAddedAt, kTitle, kDuration };
inline constexpr std::size_t kSortKeys = 6;

/// Films without the value come last either way; ties are in ascending order of id either way.
struct SortOrder {
  SortKey key = SortKey::kViews;
  bool descending = true;

  /// 0 … kSortOrders - 1.
  constexpr std::size_t index() const { return static_cast<std::size_t>(key) * 2 + (descending ? 1 : 0); }
  bool operator==(const SortOrder&) const = default;
};
inline constexpr std::size_t kSortOrders = kSortKeys * 2;

}  // namespace filmoteka::metadata
