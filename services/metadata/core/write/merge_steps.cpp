#include <metadata/core/write/steps.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {

Result<void> draft_write(Draft& draft, const MergeMovies& write) {
  if (write.id == write.other) {
    return invalid_argument("A film cannot be merged with itself.", {{{}, "/other", "must be another film"}});
  }
  FILMOTEKA_TRY(HeldFilm * film, film_to_change(draft, write.id, write.if_match));
  FILMOTEKA_TRY(HeldFilm * other, film_to_change(draft, write.other, std::nullopt));
  std::vector<domain::MovieFacts> records = take_records(film->movie);
  for (const domain::MovieFacts& record : records_of(other->movie)) records.push_back(record);
  const std::int64_t views = film->movie.local_views + other->movie.local_views;
  draft.erase(*other);
  draft.set_local_views(*film, views);
  draft.report(WriteStatus::kMerged, write.id);
  return draft.change(*film, std::move(records), film->movie.edits);
}

Result<void> draft_write(Draft& draft, const SplitMovie& write) {
  FILMOTEKA_TRY(HeldFilm * film, film_to_change(draft, write.id, write.if_match));
  std::vector<domain::MovieFacts> records = take_records(film->movie);
  const SourceKeyView key(write.source, write.source_id);
  const auto taken = std::find_if(records.begin(), records.end(),
                                  [&key](const domain::MovieFacts& record) { return key_of(record) == key; });
  if (taken == records.end()) {
    return not_found("Film " + std::to_string(write.id) + " has no record " + write.source_id + " of " +
                     write.source + ".");
  }
  if (records.size() == 1) {
    return Error{ErrorCode::kConflict, "The film has only this record: there is nothing to split.", {}, {}};
  }
  const domain::MovieFacts record = std::move(*taken);
  records.erase(taken);
  FILMOTEKA_CHECK(draft.change(*film, std::move(records), film->movie.edits));
  const Timestamp added_at = record.added_at.value_or(film->movie.added_at);
  const HeldFilm& split = draft.create(record, added_at, domain::identity_of(record));
  draft.report(WriteStatus::kUpdated, write.id);
  draft.report(WriteStatus::kCreated, split.movie.id);
  draft.dismiss_review(write.id, split.movie.id);
  return {};
}

Result<void> draft_write(Draft& draft, const DismissReview& write) {
  if (write.movie == write.other) {
    return invalid_argument("A review is of two films.", {{{}, "/other", "must be another film"}});
  }
  FILMOTEKA_CHECK(film_to_change(draft, write.movie, std::nullopt));
  FILMOTEKA_CHECK(film_to_change(draft, write.other, std::nullopt));
  draft.dismiss_review(write.movie, write.other);
  draft.report(WriteStatus::kUnchanged, write.movie);
  return {};
}

}  // namespace filmoteka::metadata
