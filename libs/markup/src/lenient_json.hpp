/// JSON as pages contain it. Internal.
#pragma once

#include <boost/json/value.hpp>

#include <optional>
#include <string_view>

namespace filmoteka::markup {

inline constexpr std::size_t kMaxJsonDepth = 64;

/// Without what often surrounds it (HTML comments, CDATA, a semicolon), with control characters inside of
/// texts, commas too many and comments tolerated; nullopt if it still is none or is nested deeper than
/// kMaxJsonDepth.
std::optional<boost::json::value> parse_lenient_json(std::string_view text);

}  // namespace filmoteka::markup
