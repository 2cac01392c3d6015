/// A film with all that is stored of it: a line of an export, and of a restore.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <boost/json/value.hpp>

#include <string>

namespace filmoteka::api {

/// Appends the full film, and `local_views`, `records` and `edits` where it has them.
void append_stored_movie(std::string& out, const domain::Movie& movie);

/// The film that append_stored_movie() wrote, equal in every member. kInvalidArgument with pointers for
/// anything else. Not yet validate()d.
Result<domain::Movie> stored_movie_from_json(const boost::json::value& value);

}  // namespace filmoteka::api
