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

/// A film's records may come and go, but it keeps the time when it was added.
bool is_same_film(const domain::Movie& a, const domain::Movie& b) {
  if (a.added_at == b.added_at) return true;
  const auto records = records_of(b);
  return std::any_of(records.begin(), records.end(), [&a](const domain::MovieFacts& record) {
    const auto others = records_of(a);
    return std::any_of(others.begin(), others.end(), [&record](const domain::MovieFacts& other) {
      return key_of(other) == key_of(record);
    });
  });
}

class Restoring {
 public:
  Restoring(Draft& draft, bool follows_feed) : draft_(draft), follows_feed_(follows_feed) {}

  Result<RowOutcome> restore(const domain::Movie& movie) {
    count(movie.id, movie.revision);
    HeldFilm* known = draft_.held().find(movie.id);
    if (known != nullptr && !is_same_film(known->movie, movie)) {
      return conflict("Film " + std::to_string(movie.id) +
                      " is another film here: restore into an empty catalogue.");
    }
    if (known != nullptr && known->movie.revision >= movie.revision) {
      return RowOutcome{WriteStatus::kUnchanged, movie.id, 0};
    }
    if (follows_feed_) remove_outdated(movie);
    draft_.restore(movie);
    return RowOutcome{known != nullptr ? WriteStatus::kUpdated : WriteStatus::kCreated, movie.id, 0};
  }

  RowOutcome erase(const RestoreMovies::Deletion& deletion) {
    count(deletion.id, deletion.revision);
    HeldFilm* known = draft_.held().find(deletion.id);
    if (known == nullptr || known->movie.revision >= deletion.revision) {
      return {WriteStatus::kUnchanged, deletion.id, 0};
    }
    draft_.erase_at(*known, deletion.revision);
    return {WriteStatus::kDeleted, deletion.id, 0};
  }

 private:
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
  const bool follows_feed_;
};

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
  Restoring restoring(draft, write.follows_feed);
  std::vector<RowOutcome> outcomes(write.movies.size() + write.deletions.size());
  for (const Step& step : in_order(write)) {
    if (step.row < write.movies.size()) {
      FILMOTEKA_TRY(outcomes[step.row], restoring.restore(write.movies[step.row]));
    } else {
      outcomes[step.row] = restoring.erase(write.deletions[step.row - write.movies.size()]);
    }
  }
  for (const domain::MovieId id : owned) FILMOTEKA_CHECK(check_records(draft, id));
  for (const domain::Movie& movie : write.movies) FILMOTEKA_CHECK(check_records(draft, movie.id));
  for (const RowOutcome& outcome : outcomes) draft.report(outcome.status, outcome.id);
  return {};
}

}  // namespace filmoteka::metadata
