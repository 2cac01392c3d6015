/// The change feed of a store.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <cstddef>

namespace filmoteka::metadata {

/// A step of the change feed: the film as it is now has this revision, or is gone since this revision.
struct FeedEntry {
  domain::Revision revision = 0;
  domain::MovieId id = 0;
  bool deleted = false;
  bool operator==(const FeedEntry&) const = default;
};

struct FeedQuery {
  domain::Revision after = 0;  ///< exclusive
  domain::Revision up_to = 0;  ///< inclusive
  std::size_t limit = 1'000;
};

}  // namespace filmoteka::metadata
