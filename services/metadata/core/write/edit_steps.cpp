#include <metadata/core/write/edits.hpp>
#include <metadata/core/write/steps.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::metadata {
namespace {

Result<void> edit(Draft& draft, HeldFilm& film, std::string edits) {
  if (edits == film.movie.edits) {
    draft.report(WriteStatus::kUnchanged, film.movie.id);
    return {};
  }
  draft.report(WriteStatus::kUpdated, film.movie.id);
  return draft.change(film, take_records(film.movie), std::move(edits));
}

}  // namespace

Result<HeldFilm*> film_to_change(Draft& draft, domain::MovieId id, const RequiredRevision& if_match) {
  HeldFilm* film = draft.held().find(id);
  if (film == nullptr) return not_found("There is no film " + std::to_string(id) + ".");
  const domain::Revision revision = film->movie.revision;
  if (if_match && std::find(if_match->begin(), if_match->end(), revision) == if_match->end()) {
    return Error{ErrorCode::kPreconditionFailed,
                 "The film has changed since (its revision is " + std::to_string(revision) +
                     "): read it again and repeat the change.",
                 {},
                 {}};
  }
  return film;
}

Result<void> draft_write(Draft& draft, const ReplaceMovie& write) {
  FILMOTEKA_TRY(HeldFilm * film, film_to_change(draft, write.id, write.if_match));
  FILMOTEKA_TRY(std::string edits, edits_that_show(film->movie, write.facts));
  return edit(draft, *film, std::move(edits));
}

Result<void> draft_write(Draft& draft, const PatchMovie& write) {
  FILMOTEKA_TRY(HeldFilm * film, film_to_change(draft, write.id, write.if_match));
  FILMOTEKA_TRY(std::string edits, edits_after_patch(film->movie, write.patch, draft.now()));
  return edit(draft, *film, std::move(edits));
}

Result<void> draft_write(Draft& draft, const UndoEdits& write) {
  FILMOTEKA_TRY(HeldFilm * film, film_to_change(draft, write.id, write.if_match));
  FILMOTEKA_TRY(std::string edits, edits_without(film->movie, write.field));
  return edit(draft, *film, std::move(edits));
}

Result<void> draft_write(Draft& draft, const DeleteMovie& write) {
  FILMOTEKA_TRY(HeldFilm * film, film_to_change(draft, write.id, write.if_match));
  draft.report(WriteStatus::kDeleted, write.id);
  draft.erase(*film);
  return {};
}

}  // namespace filmoteka::metadata
