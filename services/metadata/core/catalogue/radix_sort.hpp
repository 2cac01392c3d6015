/// Stable sort of row numbers by 64-bit keys: least significant digit first, bytes that are the same in all
/// keys skipped (Knuth, TAOCP vol. 3, 5.2.5).
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace filmoteka::metadata {

/// The numbers 0 … keys.size() - 1 in ascending order of their keys, equal keys in ascending order of number.
std::vector<Row> sorted_rows(std::span<const std::uint64_t> keys);

/// The key of rows that come last whether the order ascends or descends.
inline constexpr std::uint64_t kLastOrderKey = std::numeric_limits<std::uint64_t>::max();

/// `rows`, sorted by `keys`, with groups of equal keys in reverse order; kLastOrderKey stays at the end.
std::vector<Row> reversed_groups(std::span<const Row> rows, std::span<const std::uint64_t> keys);

}  // namespace filmoteka::metadata
