/// Folding the delta into the segment.
#pragma once

#include <metadata/core/catalogue/run_all.hpp>
#include <metadata/core/catalogue/segment.hpp>
#include <metadata/core/catalogue/snapshot.hpp>

#include <memory>

namespace filmoteka::metadata {

/// A segment with exactly the films of `snapshot`, which keep their slots in `views`. Shares texts with the
/// old segment. Throws what `checkpoint` does, which is called after some milliseconds for a million films.
std::shared_ptr<const Segment> merged(const Snapshot& snapshot, ViewCounts& views,
                                      const Checkpoint& checkpoint = {});

}  // namespace filmoteka::metadata
