/// Ranges of ids for readers that work side by side. Pure.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace filmoteka::metadata {

/// Both included; empty when `last` is below `first`.
struct IdRange {
  domain::MovieId first = 1;
  domain::MovieId last = 0;
};

/// Up to `parts` ranges of one size, ascending, together `all`; at least one, which may be empty. Ids are
/// given in their order and few films are ever deleted: ranges of ids are about as even as ranges of films.
inline std::vector<IdRange> split_ids(IdRange all, std::size_t parts) {
  const std::int64_t ids = std::max<std::int64_t>(all.last - all.first + 1, 0);
  const auto count =
      std::clamp<std::int64_t>(static_cast<std::int64_t>(parts), 1, std::max<std::int64_t>(ids, 1));
  std::vector<IdRange> ranges;
  for (std::int64_t i = 0; i < count; ++i) {
    // In 128 bits ids of any size would do; catalogues are far from where 64 end.
    ranges.push_back({all.first + ids * i / count, all.first + ids * (i + 1) / count - 1});
  }
  return ranges;
}

}  // namespace filmoteka::metadata
