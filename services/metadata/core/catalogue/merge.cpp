#include <metadata/core/catalogue/merge.hpp>
#include <metadata/core/catalogue/segment_builder.hpp>

namespace filmoteka::metadata {

std::shared_ptr<const Segment> merged(const Snapshot& snapshot, ViewCounts& views) {
  const Segment& segment = *snapshot.segment;
  const Delta& delta = *snapshot.delta;
  SegmentBuilder builder;
  builder.reserve(snapshot.films());
  auto changed = delta.entries().begin();
  for (Row row = 0; row < segment.size(); ++row) {
    if (delta.is_masked(row)) continue;
    for (; changed != delta.entries().end() && changed->id < segment.id[row]; ++changed) {
      builder.add(*changed->row);
    }
    builder.add(segment, row);
  }
  for (; changed != delta.entries().end(); ++changed) builder.add(*changed->row);
  return builder.finish(views);
}

}  // namespace filmoteka::metadata
