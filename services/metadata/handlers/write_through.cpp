#include <metadata/handlers/write_through.hpp>

#include <utility>

namespace filmoteka::metadata {

Result<void> may_write(const LiveCatalogue& catalogue) {
  if (!catalogue.is_renewing()) return {};
  return unavailable("The catalogue is being loaded anew, for the database has gone back: try again soon.");
}

Task<Result<std::vector<RowOutcome>>> write_through(MovieStore& store, LiveCatalogue& catalogue,
                                                    const Write& write, Deadline deadline) {
  FILMOTEKA_CO_CHECK(may_write(catalogue));
  auto writing = store.write_within(write, deadline);
  FILMOTEKA_CO_TRY(Commit commit, co_await std::move(writing));
  std::vector<RowOutcome> outcomes = std::move(commit.outcomes);
  auto entering = catalogue.enter(std::move(commit), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(entering));
  co_return outcomes;
}

}  // namespace filmoteka::metadata
