/// Folding the delta into the segment.
#pragma once

#include <metadata/core/catalogue/segment.hpp>
#include <metadata/core/catalogue/snapshot.hpp>

#include <memory>

namespace filmoteka::metadata {

/// A segment with exactly the films of `snapshot`, which keep their slots in `views`. Shares texts with the
/// old segment.
std::shared_ptr<const Segment> merged(const Snapshot& snapshot, ViewCounts& views);

}  // namespace filmoteka::metadata
