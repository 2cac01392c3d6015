/// Reading single values of query parameters.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/strings.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace filmoteka::metadata {

/// A whole number within the bounds, digits only.
std::optional<std::int64_t> parse_whole(std::string_view text, std::int64_t min, std::int64_t max);

/// A rating bound from 0 to 10 in decimal notation, in tenths: a lower bound is rounded up and an upper bound
/// down, so that comparing tenths gives what comparing the numbers would.
std::optional<std::int32_t> parse_rating_bound(std::string_view text, bool is_lower);

/// RFC 3339, or a bare date: its first millisecond as a lower bound, its last as an upper bound.
std::optional<Timestamp> parse_time_bound(std::string_view text, bool is_lower);

std::optional<bool> parse_boolean(std::string_view text);

}  // namespace filmoteka::metadata
