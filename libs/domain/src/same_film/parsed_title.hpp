/// A title taken apart: the name, and what else people write into titles.
#pragma once

#include "same_film/title_word.hpp"

#include <filmoteka/domain/film_identity.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace filmoteka::domain {

struct ParsedTitle {
  /// The name alone, at least one word if the title has any: numbers are in `number` and no words of parts
  /// ("часть") are left beside them.
  TitleWords words;
  FilmKind kind = FilmKind::kFilm;
  std::optional<std::int32_t> year;
  std::optional<std::int32_t> season;
  std::optional<std::int32_t> episode;
  bool is_edition = false;
};

/// `year` is what the record says: the same number at the end of the title ("Дюна 2021") is then no part of
/// the name, while "1984" and "Blade Runner 2049" stay as they are.
ParsedTitle parse_title(std::string_view title, std::optional<std::int32_t> year);

}  // namespace filmoteka::domain
