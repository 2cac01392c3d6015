/// The order of films by views, frozen: it is made anew now and then while the counts go on.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/coarse_column.hpp>
#include <metadata/core/catalogue/segment.hpp>
#include <metadata/core/catalogue/view_counts.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace filmoteka::metadata {

/// Immutable; belongs to one segment, whose other columns it leaves alone.
struct ViewsOrder {
  std::vector<std::int64_t> views;  ///< by row: at the source and here, at the moment of freezing
  std::vector<Row> ascending;       ///< position → row; ties by row in both
  std::vector<Row> descending;
  OrderRanks active_before_ascending;  ///< by Segment::active
  OrderRanks active_before_descending;
  CoarseColumn coarse;           ///< of `views`
  std::int64_t local_total = 0;  ///< ViewCounts::total() before the counts were read

  std::size_t bytes() const;
};

/// Reads the counts while others may raise them: what is raised meanwhile may be in it or not.
std::shared_ptr<const ViewsOrder> make_views_order(const Segment& segment, const ViewCounts& local);

}  // namespace filmoteka::metadata
