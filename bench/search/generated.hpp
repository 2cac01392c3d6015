/// A catalogue of generated films, and lines about what it took.
#pragma once

#include <metadata/core/catalogue/catalogue.hpp>

#include <cstdint>
#include <string_view>

namespace filmoteka::bench {

/// The films 1 … `films`; prints the seconds that it took.
void load_generated(metadata::Catalogue& catalogue, std::int64_t films);

/// A line of JSON.
void print_value(std::string_view what, double value, std::string_view unit);

}  // namespace filmoteka::bench
