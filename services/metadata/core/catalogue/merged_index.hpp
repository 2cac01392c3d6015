/// Indexes of a merged segment, made from those of the segment that most of its rows are copies of: what is
/// sorted there is taken over in one pass, only the other rows are sorted and put in between.
#pragma once

#include <metadata/core/catalogue/copied_rows.hpp>
#include <metadata/core/catalogue/segment.hpp>

#include <vector>

namespace filmoteka::metadata {

/// Fills title_rank and title_keys. `keys_of_others`: the collation keys of copied.others(), in their order.
void merge_titles(Segment& segment, const TextColumn& keys_of_others, const CopiedRows& copied);

/// position → row in `order`, not by views; title_rank comes before.
std::vector<Row> merged_order(const Segment& segment, SortOrder order, const CopiedRows& copied);

}  // namespace filmoteka::metadata
