/// A film, its records and its edits: how they make what is shown. Pure.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/write/holdings.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// The film's records, the main one first: `movie.records`, or `movie.facts` when there are none.
std::span<const domain::MovieFacts> records_of(const domain::Movie& movie);
std::vector<domain::MovieFacts> take_records(const domain::Movie& movie);

/// Equal in all that a source says, apart from when it says the film was added: that counts only on entry.
bool says_the_same(const domain::MovieFacts& stored, const domain::MovieFacts& now);

/// Gives the film these records (at least one) and edits, and sets what it shows: what the records say
/// together and what was counted here for films merged into it, then the edits. `added_at` stays. kCorrupt:
/// the edits are none.
Result<void> set_records(domain::Movie& movie, std::vector<domain::MovieFacts> records, std::string edits);

/// Equal in everything but id, revision and time of change.
bool has_same_content(const domain::Movie& a, const domain::Movie& b);

/// The film's identities, made when they are not yet.
std::span<const domain::FilmIdentity> identities_of(HeldFilm& film);
std::vector<domain::MatchKey> match_keys_of(HeldFilm& film);

}  // namespace filmoteka::metadata
