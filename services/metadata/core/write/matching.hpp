/// Which film a new record belongs to: the films that share a key with it, and domain::decide(). Pure.
#pragma once

#include <filmoteka/domain/same_film.hpp>

#include <metadata/core/write/holdings.hpp>

#include <string>
#include <vector>

namespace filmoteka::metadata {

struct PossibleFilm {
  domain::MovieId id = 0;
  std::string reasons;
};

struct MatchedFilm {
  HeldFilm* join = nullptr;
  std::vector<PossibleFilm> possible;  ///< for people to look at, best first; includes `join`
};

/// The films that may be of the record, ascending; what is not held is among them.
std::vector<domain::MovieId> candidates(Holdings& held, const domain::MovieFacts& record);

MatchedFilm match_film(Holdings& held, const domain::MovieFacts& record);

}  // namespace filmoteka::metadata
