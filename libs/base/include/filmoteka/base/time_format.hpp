/// Times as text: RFC 3339 in our API and logs, IMF-fixdate (RFC 9110, 5.6.7) in HTTP headers.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace filmoteka {

/// "2026-11-23T06:25:01Z", or with ".250" before the Z where milliseconds are not zero.
std::string to_rfc3339(Timestamp time);

/// Reads RFC 3339 with an offset ("Z" or "+03:00"; fraction optional), or a bare date "2026-11-23" (midnight
/// UTC). nullopt for anything else, dates that do not exist included.
std::optional<Timestamp> parse_rfc3339(std::string_view text);

/// "Mon, 23 Nov 2026 06:25:01 GMT".
std::string to_http_date(Timestamp time);

/// Reads IMF-fixdate only (the obsolete forms are not worth their code). nullopt otherwise.
std::optional<Timestamp> parse_http_date(std::string_view text);

}  // namespace filmoteka
