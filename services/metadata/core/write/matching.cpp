#include <metadata/core/write/film_records.hpp>
#include <metadata/core/write/matching.hpp>

#include <algorithm>

namespace filmoteka::metadata {

std::vector<domain::MovieId> candidates(Holdings& held, const domain::MovieFacts& record) {
  std::vector<domain::MovieId> ids;
  for (const std::int64_t key : domain::match_keys(held.identity_of_incoming(record))) {
    const auto films = held.films_of_key(key);
    ids.insert(ids.end(), films.begin(), films.end());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

MatchedFilm match_film(Holdings& held, const domain::MovieFacts& record) {
  MatchedFilm matched;
  std::vector<domain::FilmIdentity> others;
  for (const domain::MovieId id : candidates(held, record)) {
    HeldFilm* film = held.find(id);
    if (film == nullptr) continue;
    const auto identities = identities_of(*film);
    others.insert(others.end(), identities.begin(), identities.end());
  }
  if (others.empty()) return matched;
  const domain::FilmIdentity& incoming = held.identity_of_incoming(record);
  const domain::Decision decision = domain::decide(incoming, others);
  if (decision.join) {
    const domain::FilmIdentity& other = others[*decision.join];
    matched.join = held.find(other.film);
    matched.possible.push_back({other.film, domain::describe(domain::compare(incoming, other))});
  }
  for (const domain::Match& match : decision.review) {
    matched.possible.push_back({others[match.candidate].film, domain::describe(match.comparison)});
  }
  return matched;
}

}  // namespace filmoteka::metadata
