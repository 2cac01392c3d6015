#include "facts.hpp"

#include <metadata/core/catalogue/bands.hpp>
#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/random.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>

namespace filmoteka::bench {
namespace {

template <class Value>
std::vector<Rows> lists(std::map<Value, Rows> by_value) {
  std::vector<Rows> all;
  for (auto& [value, rows] : by_value) all.push_back(std::move(rows));
  return all;
}

}  // namespace

Facts facts_of(std::size_t films) {
  const metadata::testing::FilmGenerator generator(1);
  std::map<std::string, Rows> genres;
  std::map<std::int32_t, Rows> years;
  std::map<std::int32_t, Rows> bands;
  for (Row row = 0; row < films; ++row) {
    const domain::MovieFacts facts = generator.film(domain::MovieId{row} + 1).facts;
    for (const std::string& genre : facts.genres) genres[genre].push_back(row);
    if (facts.year) years[*facts.year].push_back(row);
    if (facts.rating) bands[metadata::rating_band(*facts.rating)].push_back(row);
  }
  Facts facts{films, lists(std::move(genres)), lists(std::move(years)), lists(std::move(bands))};
  std::ranges::stable_sort(facts.genres, std::greater<>(), &Rows::size);
  return facts;
}

Rows random_rows(std::size_t films, std::uint64_t percent) {
  metadata::testing::Random random(percent);
  Rows rows;
  for (Row row = 0; row < films; ++row) {
    if (random.next() % 100 < percent) rows.push_back(row);
  }
  return rows;
}

}  // namespace filmoteka::bench
