/// What pages are of, in the words of schema.org, as JSON-LD. Pure; not escaped for HTML yet.
#pragma once

#include <gateway/core/page/film_facts.hpp>

#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// A Movie. Without a rating: schema.org wants to know by how many people, and nobody says.
std::string film_json_ld(const FilmFacts& film, std::string_view site);

/// A WebSite that can be searched.
std::string site_json_ld(std::string_view site);

/// Seconds as ISO 8601 has it: "PT1H42M5S".
std::string iso_duration(std::int64_t seconds);

}  // namespace filmoteka::gateway
