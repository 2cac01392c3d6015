/// The query part of a URL (application/x-www-form-urlencoded as browsers write it).
#pragma once

#include <filmoteka/base/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::http {

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

/// Decoded name/value pairs in their order ('+' is a space). kInvalidArgument for a broken %-sequence,
/// ill-formed UTF-8, NUL, or more than 200 parameters.
Result<QueryParameters> parse_query(std::string_view query);

/// Percent-encodes all but unreserved characters (RFC 3986).
std::string encode_component(std::string_view text);
/// Decodes %-sequences only ('+' stays). nullopt for a broken sequence.
std::optional<std::string> decode_component(std::string_view text);

}  // namespace filmoteka::http
