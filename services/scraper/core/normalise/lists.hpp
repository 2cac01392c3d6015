/// Lists of names as sources write them: a JSON array of texts or of objects with a name, or one text.
#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace filmoteka::scraper {

/// People. A text is split at commas, semicolons and bars; entries of an array stay whole ("Robert
/// Downey, Jr.").
std::vector<std::string> names(const boost::json::value& value);

/// The same for countries, by the names of the vocabulary (filmoteka/domain/countries.hpp).
std::vector<std::string> country_names(const boost::json::value& value);

/// The same for genres (filmoteka/domain/genres.hpp), which are split at slashes too, inside arrays as well,
/// and lose a full stop at the end.
std::vector<std::string> genre_names(const boost::json::value& value);

}  // namespace filmoteka::scraper
