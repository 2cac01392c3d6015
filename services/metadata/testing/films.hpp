/// Films for tests.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <string>
#include <vector>

namespace filmoteka::metadata::testing {

/// A valid film that says something in every field; different numbers give different films.
inline domain::MovieFacts film(int number) {
  const std::string text = std::to_string(number);
  domain::MovieFacts facts;
  facts.title = "Фильм " + text;
  facts.original_title = "Film " + text;
  facts.year = 1950 + number % 70;
  facts.image_url = "https://img.example/" + text + ".jpg";
  facts.views = 1'000'000'000'000 + number;
  facts.source = "test";
  facts.source_id = text;
  facts.source_url = "https://example.org/" + text;
  facts.duration_seconds = 3'600 + number % 3'600;
  facts.description = "«" + text + "»\nline two";
  facts.genres = {"драма", number % 2 == 0 ? "комедия" : "боевик"};
  facts.rating = number % 101;
  facts.age_rating = 12;
  facts.countries = {"СССР"};
  facts.cast = {"Actor \"" + text + "\""};
  return facts;
}

inline std::vector<domain::MovieFacts> films(int first, int count) {
  std::vector<domain::MovieFacts> all;
  for (int i = 0; i < count; ++i) all.push_back(film(first + i));
  return all;
}

}  // namespace filmoteka::metadata::testing
