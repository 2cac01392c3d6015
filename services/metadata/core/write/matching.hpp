/// Which film a record belongs to: the films that share a key with it, and domain::decide(). Pure.
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

/// A film that people took the record out of is passed over.
MatchedFilm match_film(Holdings& held, const domain::MovieFacts& record);

/// Whether a record is compared with other films: it is new, or what it is recognised by (its names, year and
/// numbers) has changed since it came last.
bool is_to_be_matched(Holdings& held, const domain::MovieFacts& record);

/// What a changed record of `film` makes doubtful, for people to look at: other films that it may be (never
/// joined: both have a history), and `film` itself when another of its records is certainly another film now.
/// `film` has the record as it is now.
std::vector<PossibleFilm> doubts_about(Holdings& held, HeldFilm& film, const domain::MovieFacts& record);

}  // namespace filmoteka::metadata
