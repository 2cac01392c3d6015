/// Facts that people write into descriptions: "Страна: США  Жанр: драма, комедия  Режиссер: …".
#pragma once

#include <scraper/core/source/mapping.hpp>

#include <string_view>

namespace filmoteka::scraper {

/// Fills those of genres, countries, cast, year, duration, original_title and age_rating that `film` lacks.
/// `description` may be HTML. What does not look like what its label promises is left out. Reads the first
/// 20,000 bytes.
void add_description_facts(std::string_view description, RawFilm& film);

}  // namespace filmoteka::scraper
