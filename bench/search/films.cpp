#include "subcommands.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <metadata/core/testing/film_generator.hpp>

#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace filmoteka::bench {
namespace {

template <class Value>
boost::json::value or_null(const std::optional<Value>& value) {
  return value ? boost::json::value(*value) : boost::json::value(nullptr);
}

boost::json::array list(const std::vector<std::string>& texts) {
  return boost::json::array(texts.begin(), texts.end());
}

}  // namespace

void print_films(std::int64_t films) {
  std::ios::sync_with_stdio(false);
  const metadata::testing::FilmGenerator generator(kFilmsSeed);
  for (domain::MovieId id = 1; id <= films; ++id) {
    const domain::Movie film = generator.film(id);
    const domain::MovieFacts& facts = film.facts;
    if (!facts.is_active) continue;
    const boost::json::object line{{"id", id},
                                   {"title", facts.title},
                                   {"original_title", or_null(facts.original_title)},
                                   {"aliases", list(facts.aliases)},
                                   {"cast", list(facts.cast)},
                                   {"year", or_null(facts.year)},
                                   {"views", film.views()},
                                   {"description", or_null(facts.description)}};
    std::cout << boost::json::serialize(line) << '\n';
  }
  if (!std::cout.flush()) throw std::runtime_error("the films could not be written");
}

}  // namespace filmoteka::bench
