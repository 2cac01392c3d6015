/// Is a film that is to be restored one that this program could have stored? Pure.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

namespace filmoteka::metadata {

/// The film, as this program would have stored it. kInvalidArgument, with the pointer of the member, unless
/// facts and records are valid, the records are different ones, the edits can be applied, and what the film
/// shows is what its records and edits make: what breaks one of these would fail, or be undone by, each later
/// write of the film.
Result<domain::Movie> restored_film(domain::Movie movie, Timestamp now);

}  // namespace filmoteka::metadata
