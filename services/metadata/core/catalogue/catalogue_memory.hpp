/// What the catalogue takes, by part.
#pragma once

#include <metadata/core/catalogue/segment.hpp>

#include <cstddef>

namespace filmoteka::metadata {

/// Heap bytes.
struct CatalogueMemory {
  SegmentMemory segment;
  std::size_t views = 0;    ///< counts, and the order by them
  std::size_t delta = 0;    ///< films that have changed since the segment was made
  std::size_t retired = 0;  ///< parts of former states that some reader may hold
};

}  // namespace filmoteka::metadata
