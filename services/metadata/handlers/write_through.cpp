#include <metadata/handlers/write_through.hpp>

#include <utility>

namespace filmoteka::metadata {

Task<Result<std::vector<RowOutcome>>> write_through(MovieStore& store, LiveCatalogue& catalogue,
                                                    const Write& write, Deadline deadline) {
  auto writing = store.write(write);
  FILMOTEKA_CO_TRY(Commit commit, co_await std::move(writing));
  std::vector<RowOutcome> outcomes = std::move(commit.outcomes);
  auto entering = catalogue.enter(std::move(commit), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(entering));
  co_return outcomes;
}

}  // namespace filmoteka::metadata
