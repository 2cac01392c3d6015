/// What a film's own text takes, which memory figures are told beyond.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <cstddef>
#include <string>

namespace filmoteka::metadata::testing {

/// Bytes of UTF-8: titles, addresses, description, genres, countries, cast, each once.
inline std::size_t text_bytes(const domain::MovieFacts& facts) {
  const auto of = [](const auto& text) {
    return text ? text->size() : 0;
  };
  std::size_t bytes = facts.title.size() + of(facts.original_title) + of(facts.image_url) +
                      of(facts.thumbnail_url) + facts.source_id.size() + facts.source_url.size() +
                      of(facts.description);
  for (const auto* list : {&facts.genres, &facts.countries, &facts.cast}) {
    for (const std::string& text : *list) bytes += text.size();
  }
  return bytes;
}

}  // namespace filmoteka::metadata::testing
