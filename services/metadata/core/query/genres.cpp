#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/facet_counts.hpp>
#include <metadata/core/query/genre_names.hpp>
#include <metadata/core/query/text_counts_json.hpp>

namespace filmoteka::metadata {

std::string genres_json(const Snapshot& snapshot) {
  const Delta& delta = *snapshot.delta;
  const RowSet visible =
      RowSet::of_snapshot(delta.visible(*snapshot.segment), delta.visible_count(*snapshot.segment));
  std::vector<const DeltaEntry*> changed;
  for (const DeltaEntry& entry : delta.entries()) {
    if (entry.row->is_active) changed.push_back(&entry);
  }
  const GenreNames names(snapshot);
  std::vector<TextCount> counts;
  for (const auto& [folded, count] : count_genres({&snapshot, &visible, false, changed})) {
    counts.push_back({names.at(folded), count});
  }
  std::string out = "{\"items\":";
  append_text_counts(out, std::move(counts));
  out += '}';
  return out;
}

}  // namespace filmoteka::metadata
