/// The decisions of every write, the same for all stores: what has to be known, and then what is written.
/// Pure. A store does, inside one transaction that excludes other writers:
///
///     Holdings held(counters);
///     for (Needs needs = needs_of(write, held); !needs.empty(); needs = needs_of(write, held)) {
///       hold in `held` what is there of it;   // at most three rounds
///       held.looked_for(needs);
///     }
///     WritePlan plan = plan_write(write, held, now);
///     apply the plan; commit.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/write/holdings.hpp>
#include <metadata/core/write/write.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// Two films that may be the same; or one whose records contradict each other.
struct Review {
  domain::MovieId movie = 0;  ///< the smaller id of the two
  domain::MovieId other = 0;  ///< the same as `movie`: a film for people to look at whether it is one
  std::string reasons;        ///< for people
  bool operator==(const Review&) const = default;
};

/// One film to be written, complete. What is the same in the store need not be written.
struct FilmWrite {
  enum class Kind { kInsert, kUpdate, kDelete };
  Kind kind = Kind::kInsert;
  /// kDelete: only id, revision, and in updated_at when it was; there may be no such film (a deletion that
  /// is restored).
  domain::Movie movie;
  /// movie.records differ from what is stored: all are written again.
  bool records_changed = false;
  /// movie.local_views differ from what is stored (a film that comes back): followers of views hear of it.
  bool views_changed = false;
  /// (source, source_id) differ from what is stored. A record may go from one film of the plan to another:
  /// where the store checks uniqueness row by row, it first deletes, then sets the old keys of these films
  /// and the old records of films with `records_changed` aside, and only then writes in the plan's order.
  bool main_changed = false;
  /// match_keys_of(movie) if they differ from what is stored: all are written again.
  std::optional<std::vector<domain::MatchKey>> match_keys;
};

struct WritePlan {
  std::vector<FilmWrite> films;  ///< ascending by revision; each film at most once
  std::vector<RowOutcome> outcomes;
  /// To be added after the films; a pair that the store has already is left as it is.
  std::vector<Review> reviews;
  /// To be marked, or added as marked; `reasons` are empty.
  std::vector<Review> dismissed_reviews;
  /// To be added as they are; of a pair that the store has already only `dismissed` is taken, when it is set.
  std::vector<StoredReview> restored_reviews;
  /// To be marked as open again, where they are there and dismissed.
  std::vector<Review> reopened_reviews;
  std::optional<Remembered> remember;
  Counters counters;  ///< afterwards

  /// Nothing is to be written but perhaps the counters, when they differ.
  bool empty() const {
    return films.empty() && reviews.empty() && dismissed_reviews.empty() && restored_reviews.empty() &&
           reopened_reviews.empty() && !remember;
  }
};

Needs needs_of(const Write& write, Holdings& held);

/// kNotFound, kConflict, kPreconditionFailed, kInvalidArgument as write.hpp says. `held` is used up.
Result<WritePlan> plan_write(const Write& write, Holdings& held, Timestamp now);

/// What a film is found by when a record comes that may be of it: domain::match_keys of all its records,
/// ascending, no hash twice. For a store that makes them anew (domain::kMatchKeysVersion).
std::vector<domain::MatchKey> match_keys_of(const domain::Movie& movie);

}  // namespace filmoteka::metadata
