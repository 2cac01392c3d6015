/// What a query found.
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>
#include <metadata/core/catalogue/delta.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace filmoteka::metadata {

/// Rows of a segment, and films of its delta.
struct Matches {
  Bitmap rows;
  std::size_t row_count = 0;
  std::vector<const DeltaEntry*> changed;

  std::uint64_t total() const { return std::uint64_t{row_count} + changed.size(); }
};

}  // namespace filmoteka::metadata
