/// Ends of ranges.
#pragma once

#include <cstdint>
#include <limits>

namespace filmoteka::metadata {

/// Inclusive bounds of a column; films without a value (-1) are below any of them.
struct Bounds {
  static constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  static constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

  std::int64_t from = kLowest;
  std::int64_t to = kHighest;
  bool is_open() const { return from == kLowest && to == kHighest; }
  bool contains(std::int64_t value) const { return value >= from && value <= to; }
};

}  // namespace filmoteka::metadata
