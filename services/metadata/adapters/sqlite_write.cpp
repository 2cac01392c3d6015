#include <metadata/adapters/sqlite_write.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

Result<Counters> read_counters(sql::Database& database) {
  FILMOTEKA_TRY(sql::Statement select, database.prepare("SELECT revision, last_id FROM catalogue"));
  FILMOTEKA_TRY(const bool found, select.step());
  if (!found) return corrupt("The catalogue's database is damaged.", "the table catalogue is empty");
  return Counters{select.get<domain::Revision>(0), select.get<domain::MovieId>(1)};
}

std::vector<Change> changes_of(std::vector<FilmWrite>& films) {
  std::vector<Change> changes;
  changes.reserve(films.size());
  for (FilmWrite& film : films) {
    Change change{film.movie.id, film.movie.revision, std::nullopt};
    if (film.kind != FilmWrite::Kind::kDelete) change.movie = std::move(film.movie);
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace

Result<Commit> write_to_sqlite(sql::Database& database, const Write& write, Timestamp now) {
  FILMOTEKA_TRY(sql::Transaction transaction, sql::Transaction::immediate(database));
  FILMOTEKA_TRY(const Counters before, read_counters(database));
  Holdings held(before);
  for (Needs needs = needs_of(write, held); !needs.empty(); needs = needs_of(write, held)) {
    FILMOTEKA_CHECK(load_needs(database, needs, now, held));
    held.looked_for(needs);
  }
  FILMOTEKA_TRY(WritePlan plan, plan_write(write, held, now));
  if (!plan.empty() || plan.counters != before) {
    FILMOTEKA_CHECK(apply_plan(database, plan, before, now));
    FILMOTEKA_CHECK(transaction.commit());
  }
  return Commit{std::move(plan.outcomes), before.revision, plan.counters.revision, changes_of(plan.films)};
}

}  // namespace filmoteka::metadata
