/// The second half of building a segment: indexes over columns that are complete. Different functions, and
/// index_order() for different keys, may run at the same time on one segment.
#pragma once

#include <metadata/core/catalogue/copied_rows.hpp>
#include <metadata/core/catalogue/segment.hpp>

#include <vector>

namespace filmoteka::metadata {

/// Fills title_rank and title_keys from the collation keys of the rows that are no copies, in their order.
void index_titles(Segment& segment, const TextColumn& keys, const CopiedRows& copied);
/// Fills `spellings` and `genres`, renumbering genre_values into their order. `values` are what genre_values
/// count in now. The bitmap `active` comes before.
void index_genres(Segment& segment, const std::vector<Genre>& values);
/// Fills `source_rows`, `years`, the bands and `age_ratings`; the bitmap `active` comes before.
void index_values(Segment& segment);
/// Fills the two orders by `key`, their ranks, and its coarse column if it has one. Not for views; the bitmap
/// `active` comes before, and for titles index_titles().
void index_order(Segment& segment, SortKey key, const CopiedRows& copied);

}  // namespace filmoteka::metadata
