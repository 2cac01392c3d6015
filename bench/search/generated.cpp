#include "generated.hpp"

#include "../metadata/measure.hpp"
#include "subcommands.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <metadata/core/testing/film_generator.hpp>

#include <iostream>
#include <utility>

namespace filmoteka::bench {

void load_generated(metadata::Catalogue& catalogue, std::int64_t films) {
  const metadata::testing::FilmGenerator generator(kFilmsSeed);
  const Stopwatch whole;
  double generated = 0;
  metadata::SegmentBuilder builder;
  builder.reserve(static_cast<std::size_t>(films));
  for (domain::MovieId id = 1; id <= films; ++id) {
    const Stopwatch one;
    const domain::Movie film = generator.film(id);
    generated += one.seconds();
    builder.add(film);
  }
  catalogue.load(std::move(builder), films);
  print_value("fill", whole.seconds(), "s");
  print_value("of that making or reading the films", generated, "s");
}

void print_value(std::string_view what, double value, std::string_view unit) {
  const boost::json::object line{{"value", what}, {"number", value}, {"unit", unit}};
  std::cout << boost::json::serialize(line) << std::endl;
}

}  // namespace filmoteka::bench
