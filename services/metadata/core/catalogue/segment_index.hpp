/// The second half of building a segment: indexes over columns that are complete.
#pragma once

#include <metadata/core/catalogue/segment.hpp>

#include <vector>

namespace filmoteka::metadata {

/// Fills title_rank and title_keys from the collation key of each row.
void index_titles(Segment& segment, const TextColumn& keys_by_row);
/// Fills `genres`, renumbering genre_values into their order. `values` are what genre_values count in now.
void index_genres(Segment& segment, const std::vector<Genre>& values);
/// Fills `years`.
void index_years(Segment& segment);
/// Fills `orders`; index_titles() comes before.
void index_orders(Segment& segment);

}  // namespace filmoteka::metadata
