#include <metadata/core/query/execute.hpp>

namespace filmoteka::metadata {

std::optional<LocatedFilm> locate_film(const Snapshot& snapshot, domain::MovieId id, bool include_inactive) {
  if (const FilmRow* film = snapshot.delta->find(id)) {
    if (!film->is_active && !include_inactive) return std::nullopt;
    return LocatedFilm{snapshot.json(*film), film->numbers.revision};
  }
  const Segment& segment = *snapshot.segment;
  const auto row = segment.find(id);
  if (!row || snapshot.delta->is_masked(*row)) return std::nullopt;
  if (!segment.active.test(*row) && !include_inactive) return std::nullopt;
  return LocatedFilm{snapshot.json(*row), segment.revision[*row]};
}

FoundMovie full_movie(const LocatedFilm& film) {
  FoundMovie movie;
  append_full(movie.body, film.json);
  movie.revision = film.revision;
  movie.views = film.json.views;
  return movie;
}

std::optional<FoundMovie> find_movie(const Snapshot& snapshot, domain::MovieId id, bool include_inactive) {
  const auto film = locate_film(snapshot, id, include_inactive);
  if (!film) return std::nullopt;
  return full_movie(*film);
}

}  // namespace filmoteka::metadata
