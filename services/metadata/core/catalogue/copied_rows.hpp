/// Rows of a new segment that are copies of an older one's: what was sorted there stays sorted here.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/segment.hpp>

#include <cstddef>
#include <limits>
#include <vector>

namespace filmoteka::metadata {

inline constexpr Row kLeftOut = std::numeric_limits<Row>::max();

/// Copies keep their order: what they become ascends.
struct CopiedRows {
  const Segment* from = nullptr;  ///< null: there are no copies
  std::vector<Row> become;        ///< by row of `from`: the row here, or kLeftOut

  /// The rows below `size` that are no copies, ascending.
  std::vector<Row> others(std::size_t size) const;
};

}  // namespace filmoteka::metadata
