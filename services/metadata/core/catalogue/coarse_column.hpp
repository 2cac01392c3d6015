/// A column of 64 or 32 bits told apart in one byte: ranges over it read that byte, and the value itself only
/// of the few rows at the ends of the range (the idea of the VA-file: Weber, Schek, Blott, VLDB 1998).
#pragma once

#include <metadata/core/catalogue/bitmap.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace filmoteka::metadata {

/// The rows in ascending order of value, cut into (at most) 256 groups of about the same length,
/// none of them empty.
struct CoarseColumn {
  std::vector<std::int8_t> group;    ///< by row; the first one is -128
  std::vector<std::int64_t> lowest;  ///< value of each group
  std::vector<std::int64_t> highest;

  std::size_t bytes() const {
    return group.capacity() + (lowest.capacity() + highest.capacity()) * sizeof(std::int64_t);
  }
};

/// Of `values`, which `ascending` orders; a run of lower ones may stand at its end (films without a value).
CoarseColumn make_coarse_column(std::span<const std::int64_t> values, std::span<const Row> ascending);
CoarseColumn make_coarse_column(std::span<const std::int32_t> values, std::span<const Row> ascending);

}  // namespace filmoteka::metadata
