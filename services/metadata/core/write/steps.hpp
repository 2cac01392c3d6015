/// The writes, one by one, on a draft that holds what they need. Errors: those of plan_write().
#pragma once

#include <filmoteka/base/result.hpp>

#include <metadata/core/write/draft.hpp>
#include <metadata/core/write/write.hpp>

namespace filmoteka::metadata {

Result<void> draft_write(Draft& draft, const UpsertMovies& write);
Result<void> draft_write(Draft& draft, const CreateMovie& write);
Result<void> draft_write(Draft& draft, const ReplaceMovie& write);
Result<void> draft_write(Draft& draft, const PatchMovie& write);
Result<void> draft_write(Draft& draft, const UndoEdits& write);
Result<void> draft_write(Draft& draft, const DeleteMovie& write);
Result<void> draft_write(Draft& draft, const MergeMovies& write);
Result<void> draft_write(Draft& draft, const SplitMovie& write);
Result<void> draft_write(Draft& draft, const DismissReview& write);
Result<void> draft_write(Draft& draft, const ReopenReview& write);
Result<void> draft_write(Draft& draft, const RestoreMovies& write);

/// kNotFound, kPreconditionFailed.
Result<HeldFilm*> film_to_change(Draft& draft, domain::MovieId id, const RequiredRevision& if_match);

}  // namespace filmoteka::metadata
