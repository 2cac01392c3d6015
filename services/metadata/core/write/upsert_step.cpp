#include <metadata/core/write/matching.hpp>
#include <metadata/core/write/steps.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

Result<void> update(Draft& draft, HeldFilm& film, const domain::MovieFacts& row) {
  const auto records = records_of(film.movie);
  const auto old = std::find_if(records.begin(), records.end(), [&row](const domain::MovieFacts& record) {
    return key_of(record) == key_of(row);
  });
  if (says_the_same(*old, row)) {
    draft.report(WriteStatus::kUnchanged, film.movie.id);
    return {};
  }
  const bool is_doubtful = is_to_be_matched(draft.held(), row);
  std::vector<domain::MovieFacts> changed(records.begin(), records.end());
  changed[static_cast<std::size_t>(old - records.begin())] = row;
  draft.report(WriteStatus::kUpdated, film.movie.id);
  FILMOTEKA_CHECK(draft.change(film, std::move(changed), film.movie.edits));
  if (!is_doubtful) return {};
  for (const PossibleFilm& other : doubts_about(draft.held(), film, row)) {
    draft.review(film.movie.id, other.id, other.reasons);
  }
  return {};
}

Result<void> join(Draft& draft, HeldFilm& film, const domain::MovieFacts& row) {
  std::vector<domain::MovieFacts> records = take_records(film.movie);
  records.push_back(row);
  draft.report(WriteStatus::kMerged, film.movie.id);
  return draft.change(film, std::move(records), film.movie.edits);
}

Result<void> upsert(Draft& draft, const domain::MovieFacts& row) {
  Holdings& held = draft.held();
  if (HeldFilm* known = held.find(key_of(row))) return update(draft, *known, row);
  const MatchedFilm matched = match_film(held, row);
  if (matched.join != nullptr) return join(draft, *matched.join, row);
  const HeldFilm& film =
      draft.create(row, row.added_at.value_or(draft.now()), held.identity_of_incoming(row));
  draft.report(WriteStatus::kCreated, film.movie.id);
  for (const PossibleFilm& other : matched.possible) draft.review(film.movie.id, other.id, other.reasons);
  return {};
}

}  // namespace

Result<void> draft_write(Draft& draft, const UpsertMovies& write) {
  for (const domain::MovieFacts& row : write.rows) FILMOTEKA_CHECK(upsert(draft, row));
  return {};
}

}  // namespace filmoteka::metadata
