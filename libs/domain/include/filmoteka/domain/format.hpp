/// Derived, human-readable forms of film fields, the same everywhere.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::domain {

/// 6125 → "1:42:05", 65 → "0:01:05".
std::string format_duration(std::int32_t seconds);

/// {"драма", "комедия"} → "драма, комедия".
std::string join_genres(const std::vector<std::string>& genres);

/// 73 → "7.3", 80 → "8".
std::string format_rating(RatingTenths rating);

/// "7.3" or 7.3 → 73, rounded to the nearest tenth; nullopt outside 0–10 and for not-a-number.
std::optional<RatingTenths> rating_from(double value);

}  // namespace filmoteka::domain
