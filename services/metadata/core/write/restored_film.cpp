#include <filmoteka/domain/validation.hpp>

#include <metadata/core/write/film_records.hpp>
#include <metadata/core/write/restored_film.hpp>
#include <metadata/core/write/source_key.hpp>

#include <set>
#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

Error wrong(std::string pointer, std::string detail) {
  std::string message =
      "The stored film is not whole: " + (pointer.empty() ? "it" : pointer) + ' ' + detail + '.';
  return invalid_argument(std::move(message), {{{}, std::move(pointer), std::move(detail)}});
}

Result<void> check_records(const domain::Movie& movie, Timestamp now) {
  std::set<SourceKeyView> keys;
  for (const domain::MovieFacts& record : movie.records) {
    FILMOTEKA_CHECK(domain::validate(record, now));
    if (!keys.insert(key_of(record)).second) return wrong("/records", "has a record twice");
  }
  if (!movie.records.empty() && key_of(movie.records.front()) != key_of(movie.facts)) {
    return wrong("/records", "does not begin with the film's own source and source_id");
  }
  return {};
}

}  // namespace

Result<domain::Movie> restored_film(domain::Movie movie, Timestamp now) {
  FILMOTEKA_CHECK(domain::validate(movie.facts, now));
  FILMOTEKA_CHECK(check_records(movie, now));
  if (movie.records.empty() && !movie.edits.empty()) {
    return wrong("/records", "must say what the sources say, as there are edits");
  }
  domain::Movie made;
  made.added_at = movie.added_at;
  if (set_records(made, take_records(movie), movie.edits).has_error()) {
    return wrong("/edits", "cannot be applied");
  }
  if (made.records != movie.records) return wrong("/records", "must be absent: there is one, and no edits");
  // What was read is in canonical form.
  if (domain::canonical(made.facts) != movie.facts)
    return wrong("", "shows something else than its records and edits");
  movie.facts = std::move(made.facts);
  return movie;
}

}  // namespace filmoteka::metadata
