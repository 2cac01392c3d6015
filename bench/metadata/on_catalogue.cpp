#include "in_service.hpp"
#include "questions.hpp"
#include "subjects.hpp"

#include <metadata/core/catalogue/catalogue.hpp>
#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/random.hpp>

#include <utility>
#include <vector>

namespace filmoteka::bench {
namespace {

// As many changed films as there ever are between two merges: the worst that questions meet.
void change_until_merge_is_due(metadata::Catalogue& catalogue, std::int64_t films_before) {
  constexpr std::size_t kBatch = 1'000;
  const metadata::testing::FilmGenerator films(kSeed);
  metadata::testing::Random random(kSeed);
  domain::Revision revision = films_before;
  while (!catalogue.merge_due()) {
    std::vector<metadata::Change> changes;
    for (std::size_t i = 0; i < kBatch; ++i) {
      const domain::MovieId id = random.between(1, films_before);
      changes.push_back({id, ++revision, films.film(id, revision)});
    }
    catalogue.apply(changes);
  }
}

}  // namespace

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
  ask_service(questions(plan.films), *snapshot, key, plan.rounds, report);
  walk_service(*snapshot, key, report);
  report.progress("changing");
  change_until_merge_is_due(catalogue, plan.films);
  ask_service(questions_beside_changes(plan.films), *catalogue.snapshot(), key, plan.rounds, report);
}

}  // namespace filmoteka::bench
