#include <metadata/core/write/steps.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::metadata {
namespace {

/// One film or deletion, in the order in which they happened.
struct Step {
  domain::Revision revision = 0;
  std::size_t row = 0;  ///< of the movies, or after them of the deletions
};

std::vector<Step> in_order(const RestoreMovies& write) {
  std::vector<Step> steps;
  for (const domain::Movie& movie : write.movies) steps.push_back({movie.revision, steps.size()});
  for (const auto& deletion : write.deletions) steps.push_back({deletion.revision, steps.size()});
  std::stable_sort(steps.begin(), steps.end(),
                   [](const Step& a, const Step& b) { return a.revision < b.revision; });
  return steps;
}

Error conflict(std::string message) {
  return Error{ErrorCode::kConflict, std::move(message), {}, {}};
}

bool share_a_record(const domain::Movie& a, const domain::Movie& b) {
  const auto records = records_of(b);
  return std::any_of(records.begin(), records.end(), [&a](const domain::MovieFacts& record) {
    const auto others = records_of(a);
    return std::any_of(others.begin(), others.end(), [&record](const domain::MovieFacts& other) {
      return key_of(other) == key_of(record);
    });
  });
}

/// A film that is restored has a revision of this store's, so that only times can be compared; revisions tell
/// apart what happened within one millisecond of one store.
bool is_later(const domain::Movie& a, const domain::Movie& b) {
  return a.updated_at != b.updated_at ? a.updated_at > b.updated_at : a.revision > b.revision;
}

/// What stays of the two, with the views of both: views are only ever counted up.
domain::Movie later_of(const domain::Movie& known, const domain::Movie& coming) {
  domain::Movie movie = is_later(coming, known) ? coming : known;
  movie.local_views = std::max(known.local_views, coming.local_views);
  return movie;
}

Error other_film(domain::MovieId id) {
  return conflict("Film " + std::to_string(id) + " is another film here: restore into an empty catalogue.");
}

/// Films of an export, which is of another store, or of this one at another time.
class Importing {
 public:
  explicit Importing(Draft& draft) : draft_(draft) {}

  Result<RowOutcome> restore(const domain::Movie& coming) {
    counters().last_id = std::max(counters().last_id, coming.id);
    const HeldFilm* known = draft_.held().find(coming.id);
    if (known == nullptr) return write(coming, WriteStatus::kCreated);
    if (!share_a_record(known->movie, coming)) return other_film(coming.id);
    domain::Movie movie = later_of(known->movie, coming);
    const bool is_stored =
        movie.updated_at == known->movie.updated_at && has_same_content(movie, known->movie);
    if (is_stored) return RowOutcome{WriteStatus::kUnchanged, coming.id, 0};
    return write(std::move(movie), WriteStatus::kUpdated);
  }

  RowOutcome erase(const RestoreMovies::Deletion& deletion) {
    const bool was_given = deletion.id <= counters().last_id;
    counters().last_id = std::max(counters().last_id, deletion.id);
    // Below, an id that has been given and is not here is known to be deleted, or of no interest to anybody.
    const bool is_known = was_given && deletion.revision <= counters().revision;
    if (!is_known && draft_.held().find(deletion.id) == nullptr) {
      draft_.bury(deletion.id, next_revision(deletion.revision), deletion.at);
      return {WriteStatus::kDeleted, deletion.id, 0};
    }
    return {WriteStatus::kUnchanged, deletion.id, 0};
  }

 private:
  Counters& counters() { return draft_.held().counters(); }

  /// Its own if it is above all that are here: an empty store so gets the revisions of the other one, and
  /// whoever follows this store sees all that comes.
  domain::Revision next_revision(domain::Revision own) {
    domain::Revision& last = counters().revision;
    last = std::max(own, last + 1);
    return last;
  }

  RowOutcome write(domain::Movie movie, WriteStatus status) {
    const domain::MovieId id = movie.id;
    movie.revision = next_revision(movie.revision);
    draft_.restore(std::move(movie));
    return {status, id, 0};
  }

  Draft& draft_;
};

/// Films of the feed of a store whose copy this one is: revisions are the same in both.
class Following {
 public:
  explicit Following(Draft& draft) : draft_(draft) {}

  Result<RowOutcome> restore(const domain::Movie& movie) {
    count(movie.id, movie.revision);
    HeldFilm* known = draft_.held().find(movie.id);
    if (known != nullptr && !is_same_film(known->movie, movie)) return other_film(movie.id);
    if (known != nullptr && known->movie.revision >= movie.revision) {
      return RowOutcome{WriteStatus::kUnchanged, movie.id, 0};
    }
    remove_outdated(movie);
    draft_.restore(movie);
    return RowOutcome{known != nullptr ? WriteStatus::kUpdated : WriteStatus::kCreated, movie.id, 0};
  }

  RowOutcome erase(const RestoreMovies::Deletion& deletion) {
    count(deletion.id, deletion.revision);
    HeldFilm* known = draft_.held().find(deletion.id);
    if (known == nullptr || known->movie.revision >= deletion.revision) {
      return {WriteStatus::kUnchanged, deletion.id, 0};
    }
    draft_.erase_at(*known, deletion.revision, deletion.at);
    return {WriteStatus::kDeleted, deletion.id, 0};
  }

 private:
  /// Between two looks at the feed all records of a film may have gone to others and new ones come; within
  /// one catalogue an id is of one film for ever, which keeps the time when it was added.
  static bool is_same_film(const domain::Movie& a, const domain::Movie& b) {
    return a.added_at == b.added_at || share_a_record(a, b);
  }

  /// The films here whose records this one has now.
  void remove_outdated(const domain::Movie& movie) {
    for (const domain::MovieFacts& record : records_of(movie)) {
      HeldFilm* owner = draft_.held().find(key_of(record));
      if (owner == nullptr || owner->movie.id == movie.id) continue;
      const domain::Revision revision = owner->movie.revision;
      if (revision < movie.revision) draft_.erase_at(*owner, revision);
    }
  }

  void count(domain::MovieId id, domain::Revision revision) {
    Counters& counters = draft_.held().counters();
    counters.last_id = std::max(counters.last_id, id);
    counters.revision = std::max(counters.revision, revision);
  }

  Draft& draft_;
};

template <class Restoring>
Result<std::vector<RowOutcome>> restore_all(Restoring restoring, const RestoreMovies& write) {
  std::vector<RowOutcome> outcomes(write.movies.size() + write.deletions.size());
  for (const Step& step : in_order(write)) {
    if (step.row < write.movies.size()) {
      FILMOTEKA_TRY(outcomes[step.row], restoring.restore(write.movies[step.row]));
    } else {
      outcomes[step.row] = restoring.erase(write.deletions[step.row - write.movies.size()]);
    }
  }
  return outcomes;
}

void restore_reviews(Draft& draft, std::span<const StoredReview> reviews) {
  for (const StoredReview& review : reviews) {
    const bool both =
        draft.held().find(review.movie) != nullptr && draft.held().find(review.other) != nullptr;
    if (both) draft.restore_review(review);
  }
}

void raise_counters(Counters& counters, const RestoreMovies& write) {
  counters.last_id = std::max(counters.last_id, write.last_id);
  counters.revision = std::max(counters.revision, write.revision);
}

/// The films here that have a record of those to come.
std::vector<domain::MovieId> owners(Draft& draft, const RestoreMovies& write) {
  std::vector<domain::MovieId> ids;
  for (const domain::Movie& row : write.movies) {
    for (const domain::MovieFacts& record : records_of(row)) {
      if (const HeldFilm* owner = draft.held().find(key_of(record))) ids.push_back(owner->movie.id);
    }
  }
  return ids;
}

/// At the end no record may be of two films.
Result<void> check_records(Draft& draft, domain::MovieId id) {
  const HeldFilm* film = draft.held().find(id);
  if (film == nullptr) return {};
  for (const domain::MovieFacts& record : records_of(film->movie)) {
    const HeldFilm* owner = draft.held().find(key_of(record));
    if (owner == film) continue;
    const domain::MovieId other = owner != nullptr ? owner->movie.id : 0;
    return conflict("Record " + record.source_id + " of " + record.source + " is of the films " +
                    std::to_string(id) + " and " + std::to_string(other) +
                    ": restore into an empty catalogue.");
  }
  return {};
}

}  // namespace

Result<void> draft_write(Draft& draft, const RestoreMovies& write) {
  const std::vector<domain::MovieId> owned = owners(draft, write);
  FILMOTEKA_TRY(const std::vector<RowOutcome> outcomes, write.follows_feed
                                                            ? restore_all(Following(draft), write)
                                                            : restore_all(Importing(draft), write));
  for (const domain::MovieId id : owned) FILMOTEKA_CHECK(check_records(draft, id));
  for (const domain::Movie& movie : write.movies) FILMOTEKA_CHECK(check_records(draft, movie.id));
  restore_reviews(draft, write.reviews);
  raise_counters(draft.held().counters(), write);
  for (const RowOutcome& outcome : outcomes) draft.report(outcome.status, outcome.id);
  return {};
}

}  // namespace filmoteka::metadata
