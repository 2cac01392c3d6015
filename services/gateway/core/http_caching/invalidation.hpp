/// What an unsafe request makes invalid (RFC 9111, 4.4; RFC 9875).
#pragma once

#include <gateway/core/http_caching/fields.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

/// GET, HEAD, OPTIONS and TRACE change nothing (RFC 9110, 9.2.1); of an unknown method it is not known.
bool is_safe(std::string_view method);

/// The targets whose stored answers are no longer good after an unsafe request for `target` at `host` was
/// answered with `status`: none after an error; otherwise its own, and those of Location and Content-Location
/// as far as they are of the same origin.
std::vector<std::string> invalidated_targets(std::string_view target, std::string_view host, int status,
                                             const Fields& response);

/// The names in Cache-Groups or Cache-Group-Invalidation: a list of strings (RFC 9875, 2 and 3). Empty if it
/// is malformed, or absent; members of other types do not count.
std::vector<std::string> group_names(const Fields& response, std::string_view field);

}  // namespace filmoteka::gateway
