/// What people write into titles beside the name: years, kinds, editions, advertising.
#pragma once

#include "same_film/parsed_title.hpp"

namespace filmoteka::domain {

/// Takes out brackets of a year, a kind or advertising, "2 сезон 3 серия" and "трейлер", editions
/// ("Director's Cut") and advertising at the end ("смотреть онлайн в HD"), noting in `title` what they said.
/// Never takes the last word.
void remove_noise(ParsedTitle& title, std::optional<std::int32_t> year);

}  // namespace filmoteka::domain
