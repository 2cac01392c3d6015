/// Which films stand on a page.
#pragma once

#include <metadata/core/query/matches.hpp>
#include <metadata/core/query/place.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace filmoteka::metadata {

/// A piece of the ordered matches, seen in a direction.
struct Window {
  std::optional<Place> from;  ///< only films strictly behind (or, backwards, before) this place
  bool backwards = false;     ///< from the end, or from `from`, towards the beginning
  std::uint64_t skip = 0;     ///< so many of them are left out; 0 with `from`
  std::size_t limit = 0;      ///< and so many taken
};

/// The films of the window, in the order of the list whatever the direction. What it costs hardly depends on
/// how deep the window is: at most a walk over half of the permutation.
std::vector<FilmRef> find_page(const Matches& matches, const Ordering& ordering, const Window& window);

}  // namespace filmoteka::metadata
