#include "in_service.hpp"
#include "questions.hpp"
#include "subjects.hpp"

#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/testing/film_generator.hpp>

#include <utility>

namespace filmoteka::bench {

void measure_catalogue(const Plan& plan, const Report& report) {
  const metadata::testing::FilmGenerator films(kSeed);
  metadata::Catalogue catalogue;
  {
    const Stopwatch whole;
    metadata::SegmentBuilder builder;
    builder.reserve(static_cast<std::size_t>(plan.films));
    for (domain::MovieId id = 1; id <= plan.films; ++id) builder.add(films.film(id));
    report.progress("sorting");
    catalogue.load(std::move(builder), plan.films);
    report.value("catalogue from the generator", whole.seconds(), "s",
                 "one thread, making the films included");
  }
  const auto snapshot = catalogue.snapshot();
  const metadata::CursorKey key{"a key of thirty-two bytes exactly"};
  weigh(*snapshot, report);
  report.progress("asking");
  ask_service(*snapshot, key, plan.rounds, report);
  walk_service(*snapshot, key, report);
}

}  // namespace filmoteka::bench
