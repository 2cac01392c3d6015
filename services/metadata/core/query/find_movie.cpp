#include <metadata/core/query/execute.hpp>

namespace filmoteka::metadata {
namespace {

FoundMovie found(const FilmJson& film, domain::Revision revision) {
  FoundMovie movie;
  append_full(movie.body, film);
  movie.revision = revision;
  return movie;
}

}  // namespace

std::optional<FoundMovie> find_movie(const Snapshot& snapshot, domain::MovieId id, bool include_inactive) {
  if (const FilmRow* film = snapshot.delta->find(id)) {
    if (!film->is_active && !include_inactive) return std::nullopt;
    return found(snapshot.json(*film), film->numbers.revision);
  }
  const Segment& segment = *snapshot.segment;
  const auto row = segment.find(id);
  if (!row || snapshot.delta->is_masked(*row)) return std::nullopt;
  if (!segment.active.test(*row) && !include_inactive) return std::nullopt;
  return found(snapshot.json(*row), segment.revision[*row]);
}

}  // namespace filmoteka::metadata
