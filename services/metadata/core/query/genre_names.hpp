/// How genres are shown: in their most common spelling.
#pragma once

#include <metadata/core/catalogue/snapshot.hpp>

#include <map>
#include <string_view>

namespace filmoteka::metadata {

/// Folded form → the spelling of most active films; of equally common ones the first in byte order. Every
/// genre of the catalogue is there. The views live as long as the snapshot.
using GenreNames = std::map<std::string_view, std::string_view>;
GenreNames genre_names(const Snapshot& snapshot);

}  // namespace filmoteka::metadata
