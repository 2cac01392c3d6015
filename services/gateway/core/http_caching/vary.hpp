/// Which requests a stored answer is for (RFC 9111, 4.1).
#pragma once

#include <gateway/core/http_caching/fields.hpp>

#include <string>
#include <vector>

namespace filmoteka::gateway {

/// The names in Vary, in lower case, sorted, each once. "*" is among them if it is there: such an answer is
/// not stored.
std::vector<std::string> varying_fields(const Fields& response);

/// The values of those fields in one form: requests that the answer does not tell apart give the same text.
/// Fields that are not named never matter. Normalised is what keeps its meaning: lines joined, white space
/// around commas, and in Accept-Encoding the case, the order, and q=1.
std::string variant_of(const std::vector<std::string>& names, const Fields& request);

}  // namespace filmoteka::gateway
