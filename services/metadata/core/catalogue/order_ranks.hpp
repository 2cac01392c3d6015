/// How many films come before a place of an order, without counting them: the rank directory of succinct
/// bit vectors (Jacobson: Space-efficient static trees and graphs, FOCS 1989), one number for 4,096 rows.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace filmoteka::metadata {

inline constexpr std::size_t kRankBlock = 4'096;

/// Element b: how many rows of `set` are among the first b · kRankBlock of `order`; the last one: in all of
/// it.
using OrderRanks = std::vector<std::uint32_t>;
OrderRanks make_order_ranks(std::span<const Row> order, const Bitmap& set);

}  // namespace filmoteka::metadata
