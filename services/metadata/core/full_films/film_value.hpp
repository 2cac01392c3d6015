/// What a cache that several services share holds of a film: what its full JSON has more than the summary,
/// which every service has in memory. Pure.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::metadata {

/// "filmoteka:film:1:42". The number before the id is the format's: it changes with the layout of the value
/// and with that of the film's JSON, so that old and new programs do not read each other's values.
std::string film_key(domain::MovieId id);

struct FilmValue {
  domain::Revision revision = 0;
  std::string_view details;  ///< FilmRow::details; into the value that was read
};

/// Revision (8 bytes, lowest first), details, signature (16 bytes). `secret` is the store's.
std::string write_film_value(domain::MovieId id, const FilmValue& film, std::string_view secret);

/// nullopt for all that is not what a service of the same store wrote for the same film: garbage, a part, a
/// value of another film, store or format.
std::optional<FilmValue> read_film_value(domain::MovieId id, std::string_view value, std::string_view secret);

}  // namespace filmoteka::metadata
