#include <metadata/core/write/film_records.hpp>
#include <metadata/core/write/merge_memory.hpp>
#include <metadata/core/write/steps.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace filmoteka::metadata {

namespace {

/// Different numbers of one kind are never the same film: who knows better corrects the number first.
Result<void> check_ids(const domain::Movie& film, const domain::Movie& other) {
  for (const domain::ExternalId& id : film.facts.ids) {
    for (const domain::ExternalId& others : other.facts.ids) {
      if (id.kind != others.kind || id.value == others.value) continue;
      return Error{ErrorCode::kConflict,
                   "Film " + std::to_string(film.id) + " has the " + id.kind + " number " + id.value +
                       " and film " + std::to_string(other.id) + " has " + others.value +
                       ": they are not the same film. If one of the numbers is wrong, correct it first.",
                   {},
                   {}};
    }
  }
  return {};
}

using Records = std::vector<domain::MovieFacts>;

/// Moves the records with these keys from one list to another, in the order of the keys.
Records take_out(Records& records, std::span<const SourceKey> keys) {
  Records taken;
  for (const SourceKey& key : keys) {
    const auto found = std::find_if(records.begin(), records.end(), [&key](const domain::MovieFacts& record) {
      return key_of(record) == SourceKeyView(key);
    });
    if (found == records.end()) continue;
    taken.push_back(std::move(*found));
    records.erase(found);
  }
  return taken;
}

/// The record alone becomes a new film.
Result<HeldFilm*> split_record(Draft& draft, HeldFilm& film, Records records, MergeMemory memory,
                               const SourceKey& key) {
  take_record(memory, key);
  Records taken = take_out(records, std::span(&key, 1));
  FILMOTEKA_TRY(std::string edits, with_memory(film.movie.edits, memory));
  FILMOTEKA_CHECK(draft.change(film, std::move(records), std::move(edits)));
  const domain::MovieFacts& record = taken.front();
  return &draft.create(record, record.added_at.value_or(film.movie.added_at), domain::identity_of(record));
}

/// The film that was merged by hand comes back.
Result<HeldFilm*> undo_merge(Draft& draft, HeldFilm& film, Records records, const MergeMemory& memory,
                             Unmerged unmerged) {
  Records taken = take_out(records, unmerged.film.records);
  FILMOTEKA_TRY(std::string edits, with_memory(film.movie.edits, memory));
  FILMOTEKA_CHECK(draft.change(film, std::move(records), std::move(edits)));
  FILMOTEKA_TRY(MergeMemory own, memory_of(unmerged.film.edits));
  own.merged = std::move(unmerged.memory.merged);
  FILMOTEKA_TRY(std::string own_edits, with_memory(unmerged.film.edits, own));
  return draft.bring_back(unmerged.film, std::move(taken), std::move(own_edits));
}

Result<HeldFilm*> split(Draft& draft, HeldFilm& film, const SourceKey& key) {
  Records records = take_records(film.movie);
  FILMOTEKA_TRY(MergeMemory memory, memory_of(film.movie.edits));
  MergeMemory after = memory;
  std::optional<Unmerged> unmerged = take_merged(after, film.movie.id, key);
  // One whose own records have all gone keeps what is left: only the record leaves.
  if (!unmerged || unmerged->film.records.size() >= records.size()) {
    return split_record(draft, film, std::move(records), std::move(memory), key);
  }
  return undo_merge(draft, film, std::move(records), after, *std::move(unmerged));
}

Result<void> check_pair(Draft& draft, domain::MovieId movie, domain::MovieId other) {
  FILMOTEKA_CHECK(film_to_change(draft, movie, std::nullopt));
  FILMOTEKA_CHECK(film_to_change(draft, other, std::nullopt));
  return {};
}

}  // namespace

Result<void> draft_write(Draft& draft, const MergeMovies& write) {
  if (write.id == write.other) {
    return invalid_argument("A film cannot be merged with itself.", {{{}, "/other", "must be another film"}});
  }
  FILMOTEKA_TRY(HeldFilm * film, film_to_change(draft, write.id, write.if_match));
  FILMOTEKA_TRY(HeldFilm * other, film_to_change(draft, write.other, std::nullopt));
  FILMOTEKA_CHECK(check_ids(film->movie, other->movie));
  FILMOTEKA_TRY(const MergeMemory memory, memory_after_merge(film->movie, other->movie));
  FILMOTEKA_TRY(std::string edits, with_memory(film->movie.edits, memory));
  Records records = take_records(film->movie);
  for (const domain::MovieFacts& record : records_of(other->movie)) records.push_back(record);
  draft.erase(*other);
  draft.report(WriteStatus::kMerged, write.id);
  return draft.change(*film, std::move(records), std::move(edits));
}

Result<void> draft_write(Draft& draft, const SplitMovie& write) {
  FILMOTEKA_TRY(HeldFilm * film, film_to_change(draft, write.id, write.if_match));
  const SourceKey key(write.source, write.source_id);
  const auto records = records_of(film->movie);
  if (std::none_of(records.begin(), records.end(), [&key](const domain::MovieFacts& record) {
        return key_of(record) == SourceKeyView(key);
      })) {
    return not_found("Film " + std::to_string(write.id) + " has no record " + write.source_id + " of " +
                     write.source + ".");
  }
  if (records.size() == 1) {
    return Error{ErrorCode::kConflict, "The film has only this record: there is nothing to split.", {}, {}};
  }
  FILMOTEKA_TRY(const HeldFilm* apart, split(draft, *film, key));
  draft.report(WriteStatus::kUpdated, write.id);
  draft.report(WriteStatus::kCreated, apart->movie.id);
  draft.dismiss_review(write.id, apart->movie.id);
  return {};
}

Result<void> draft_write(Draft& draft, const DismissReview& write) {
  FILMOTEKA_CHECK(check_pair(draft, write.movie, write.other));
  draft.dismiss_review(write.movie, write.other);
  draft.report(WriteStatus::kUnchanged, write.movie);
  return {};
}

Result<void> draft_write(Draft& draft, const ReopenReview& write) {
  FILMOTEKA_CHECK(check_pair(draft, write.movie, write.other));
  draft.reopen_review(write.movie, write.other);
  draft.report(WriteStatus::kUnchanged, write.movie);
  return {};
}

}  // namespace filmoteka::metadata
