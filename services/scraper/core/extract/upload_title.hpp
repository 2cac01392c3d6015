/// The titles of videos as people upload them, in a raw film.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <scraper/core/pipeline/reject.hpp>
#include <scraper/core/source/mapping.hpp>

#include <optional>
#include <span>
#include <string>

namespace filmoteka::scraper {

/// Takes the title of `film` apart: the film's own title stays, an original title and a year fill what `film`
/// lacks. A year far after `now` is part of the name. Returns why it is not one of `kinds` ("movie",
/// "trailer", "episode", "series", "other"): the code is the kind, "not_the_film" for "other".
std::optional<Reason> take_title_apart(RawFilm& film, std::span<const std::string> kinds, Timestamp now);

}  // namespace filmoteka::scraper
