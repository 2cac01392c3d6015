/// A film with all that is stored of it: a line of an export, and of a restore.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <string>

namespace filmoteka::api {

/// No id, revision or number of local views is higher: up to here every reader of JSON has it exactly.
inline constexpr std::int64_t kMaxStoredNumber = std::int64_t{1} << 53;

/// Appends the full film, and `local_views`, `records` and `edits` where it has them.
void append_stored_movie(std::string& out, const domain::Movie& movie);

/// The film that append_stored_movie() wrote, equal in every member. kInvalidArgument with pointers for
/// anything else. Not yet validate()d.
Result<domain::Movie> stored_movie_from_json(const boost::json::value& value);

}  // namespace filmoteka::api
