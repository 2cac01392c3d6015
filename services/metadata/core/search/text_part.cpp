#include <metadata/core/catalogue/film_row.hpp>
#include <metadata/core/search/text_index_builder.hpp>
#include <metadata/core/search/text_part.hpp>

#include <numeric>
#include <utility>

namespace filmoteka::metadata {

TextParts with_films(TextParts parts, std::span<const FilmRow* const> films) {
  if (films.empty()) return parts;
  TextPart part;
  part.films.assign(films.begin(), films.end());
  while (!parts.empty() && parts.back()->films.size() < 2 * part.films.size()) {
    const auto& before = parts.back()->films;
    part.films.insert(part.films.begin(), before.begin(), before.end());
    parts.pop_back();
  }
  TextIndexBuilder builder;
  for (const FilmRow* film : part.films) {
    builder.add(film->searchable, film->cast_words, film->description_words);
  }
  std::vector<Row> rows(part.films.size());
  std::iota(rows.begin(), rows.end(), Row{0});
  part.index = builder.finish(rows);
  parts.push_back(std::make_shared<const TextPart>(std::move(part)));
  return parts;
}

}  // namespace filmoteka::metadata
