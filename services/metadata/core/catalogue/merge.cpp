#include <metadata/core/catalogue/merge.hpp>
#include <metadata/core/catalogue/segment_builder.hpp>

#include <algorithm>

namespace filmoteka::metadata {
namespace {

// Copies the rows of `first` … `last` - 1 that still count, as few runs as possible.
void copy_rows(SegmentBuilder& builder, const Segment& segment, const Delta& delta, Row first, Row last) {
  while (first < last) {
    Row end = first;
    while (end < last && !delta.is_masked(end)) ++end;
    builder.add(segment, first, end);
    first = end + 1;
  }
}

}  // namespace

std::shared_ptr<const Segment> merged(const Snapshot& snapshot, ViewCounts& views,
                                      const Checkpoint& checkpoint) {
  const Segment& segment = *snapshot.segment;
  const Delta& delta = *snapshot.delta;
  SegmentBuilder builder;
  builder.reserve(snapshot.films());
  Row next = 0;
  for (const DeltaEntry& changed : delta.entries()) {
    if (checkpoint) checkpoint();
    const auto before = std::lower_bound(segment.id.begin() + next, segment.id.end(), changed.id);
    const auto row = static_cast<Row>(before - segment.id.begin());
    copy_rows(builder, segment, delta, next, row);
    builder.add(*changed.row);
    next = row;
  }
  copy_rows(builder, segment, delta, next, static_cast<Row>(segment.size()));
  return builder.finish(views, 1, {}, checkpoint);
}

}  // namespace filmoteka::metadata
