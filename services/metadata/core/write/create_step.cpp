#include <metadata/core/write/matching.hpp>
#include <metadata/core/write/steps.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

Error conflict(std::string message) {
  return Error{ErrorCode::kConflict, std::move(message), {}, {}};
}

/// True: the first write's outcome stands.
Result<bool> is_repetition(Draft& draft, const CreateMovie& write) {
  const Remembered* known =
      write.idempotency_key.empty() ? nullptr : draft.held().remembered(write.idempotency_key);
  if (known == nullptr) return false;
  if (known->request_hash == write.request_hash) return true;
  return conflict("This Idempotency-Key was used for another request: use a new one for each film.");
}

}  // namespace

Result<void> draft_write(Draft& draft, const CreateMovie& write) {
  FILMOTEKA_TRY(const bool repeated, is_repetition(draft, write));
  if (repeated) {
    draft.report_again(draft.held().remembered(write.idempotency_key)->outcome);
    return {};
  }
  Holdings& held = draft.held();
  if (const HeldFilm* known = held.find(key_of(write.facts))) {
    return conflict("Film " + std::to_string(known->movie.id) +
                    " has this source and source_id: change that one, or give another source_id.");
  }
  const MatchedFilm matched = match_film(held, write.facts);
  const Timestamp added_at = write.facts.added_at.value_or(draft.now());
  const HeldFilm& film = draft.create(write.facts, added_at, held.identity_of_incoming(write.facts));
  draft.report(WriteStatus::kCreated, film.movie.id);
  for (const PossibleFilm& other : matched.possible) draft.review(film.movie.id, other.id, other.reasons);
  if (!write.idempotency_key.empty()) draft.remember({write.idempotency_key, write.request_hash, {}});
  return {};
}

}  // namespace filmoteka::metadata
