/// Facts that uploaders write into descriptions: "Страна: США  Жанр: драма, комедия  Режиссер: …".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper::rutube {

struct DescriptionFacts {
  std::vector<std::string> genres;
  std::vector<std::string> countries;
  std::optional<int> year;
};

/// `description` may be HTML. What does not look like a short list of names is left out.
DescriptionFacts read_description(std::string_view description);

}  // namespace filmoteka::scraper::rutube
