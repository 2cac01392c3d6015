/// A film's numbers elsewhere in one column, as a JSON object: {"imdb":"tt0118767"}.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

std::string ids_to_json(const std::vector<domain::ExternalId>& ids);
/// kCorrupt for anything but an object of texts.
Result<std::vector<domain::ExternalId>> ids_from_json(std::string_view text);

}  // namespace filmoteka::metadata
