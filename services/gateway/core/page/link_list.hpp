/// Links to films for who reads a page without its scripts. Pure.
#pragma once

#include <gateway/core/page/film_facts.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

/// A heading and a list; empty where there is no film.
std::string link_list(std::string_view heading, const std::vector<FilmLink>& films);

}  // namespace filmoteka::gateway
