/// Dates in header fields (RFC 9110, 5.6.7) in all three forms that a recipient must accept.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace filmoteka::gateway {

/// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"; nullopt for
/// anything else. A year of two digits that would be more than 50 years after `now` is of the last century.
std::optional<std::chrono::sys_seconds> parse_field_date(std::string_view text, std::chrono::sys_seconds now);

}  // namespace filmoteka::gateway
