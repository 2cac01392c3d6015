#include <metadata/core/write/film_records.hpp>
#include <metadata/core/write/matching.hpp>
#include <metadata/core/write/merge_memory.hpp>

#include <algorithm>

namespace filmoteka::metadata {

std::vector<domain::MovieId> candidates(Holdings& held, const domain::MovieFacts& record) {
  std::vector<domain::MovieId> ids;
  for (const domain::MatchKey key : domain::match_keys(held.identity_of_incoming(record))) {
    const auto films = held.films_of_key(key);
    ids.insert(ids.end(), films.begin(), films.end());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

namespace {

/// With all films but `own`.
MatchedFilm match_others(Holdings& held, const domain::MovieFacts& record, domain::MovieId own) {
  MatchedFilm matched;
  std::vector<domain::FilmIdentity> others;
  for (const domain::MovieId id : candidates(held, record)) {
    HeldFilm* film = held.find(id);
    if (film == nullptr || id == own || is_apart(film->movie.edits, key_of(record))) continue;
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

/// What records are recognised by.
bool is_recognised_alike(const domain::MovieFacts& a, const domain::MovieFacts& b) {
  return a.title == b.title && a.original_title == b.original_title && a.year == b.year &&
         a.aliases == b.aliases && a.ids == b.ids;
}

std::string name_of(const domain::MovieFacts& record) {
  return record.source + "/" + record.source_id;
}

}  // namespace

MatchedFilm match_film(Holdings& held, const domain::MovieFacts& record) {
  return match_others(held, record, 0);
}

bool is_to_be_matched(Holdings& held, const domain::MovieFacts& record) {
  const HeldFilm* film = held.find(key_of(record));
  if (film == nullptr) return true;
  const auto records = records_of(film->movie);
  return std::none_of(records.begin(), records.end(), [&record](const domain::MovieFacts& known) {
    return key_of(known) == key_of(record) && is_recognised_alike(known, record);
  });
}

std::vector<PossibleFilm> doubts_about(Holdings& held, HeldFilm& film, const domain::MovieFacts& record) {
  std::vector<PossibleFilm> doubts = match_others(held, record, film.movie.id).possible;
  const domain::FilmIdentity& changed = held.identity_of_incoming(record);
  const auto records = records_of(film.movie);
  const auto identities = identities_of(film);
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (key_of(records[i]) == key_of(record)) continue;
    const domain::Comparison comparison = domain::compare(changed, identities[i]);
    if (comparison.verdict != domain::Verdict::kDifferent || !comparison.is_certain) continue;
    doubts.push_back({film.movie.id, "its records " + name_of(record) + " and " + name_of(records[i]) + ": " +
                                         domain::describe(comparison)});
  }
  return doubts;
}

}  // namespace filmoteka::metadata
