#include <metadata/core/query/execute.hpp>

namespace filmoteka::metadata {

std::optional<FoundMovie> find_movie(const Snapshot& snapshot, domain::MovieId id, bool include_inactive) {
  if (const FilmRow* film = snapshot.delta->find(id)) {
    if (!film->is_active && !include_inactive) return std::nullopt;
    return FoundMovie{full_json(film->summary, film->details), film->numbers.revision};
  }
  const Segment& segment = *snapshot.segment;
  const auto row = segment.find(id);
  if (!row || snapshot.delta->is_masked(*row)) return std::nullopt;
  if (!segment.active.test(*row) && !include_inactive) return std::nullopt;
  return FoundMovie{full_json(segment.summary(*row), segment.details(*row)), segment.revision[*row]};
}

}  // namespace filmoteka::metadata
