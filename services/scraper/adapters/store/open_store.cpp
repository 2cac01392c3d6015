#include <scraper/adapters/store/open_store.hpp>
#include <scraper/adapters/store/postgres_store.hpp>
#include <scraper/adapters/store/sqlite_store.hpp>

#include <filesystem>
#include <string>
#include <utility>

namespace filmoteka::scraper {

namespace {

Result<OpenedStore> open_sqlite(const StoreSettings& settings, const Clock& clock) {
  SqliteStoreSettings store;
  store.max_rejects = settings.max_rejects;
  store.kept_runs = settings.kept_runs;
  FILMOTEKA_TRY(auto opened, SqliteStore::open(settings.folder / "scraper.db", store, clock));
  auto depth = opened->depth_counter();
  return OpenedStore{std::move(opened), std::move(depth), nullptr};
}

Task<Result<OpenedStore>> open_postgres(StoreSettings settings, Executor executor, const Clock& clock) {
  PostgresStoreSettings store;
  store.url = std::move(*settings.url);
  store.turn = settings.lease;
  store.max_rejects = settings.max_rejects;
  store.kept_runs = settings.kept_runs;
  auto opening = PostgresStore::open(executor, std::move(store), clock);
  FILMOTEKA_CO_TRY(auto opened, co_await std::move(opening));
  auto depth = opened->depth_counter();
  auto& turns = opened->turns();
  co_return OpenedStore{std::move(opened), std::move(depth), &turns};
}

Result<void> make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error) return {};
  return unavailable("The data folder " + folder.string() + " cannot be made: " + error.message() + ".");
}

}  // namespace

Task<Result<OpenedStore>> open_store(StoreSettings settings, Executor executor, BlockingPool& pool,
                                     const Clock& clock) {
  // A browser's work has its place there in any case.
  FILMOTEKA_CO_CHECK(make_folder(settings.folder));
  if (settings.url) {
    auto opening = open_postgres(std::move(settings), executor, clock);
    co_return co_await std::move(opening);
  }
  auto opening = [&settings, &clock] {
    return open_sqlite(settings, clock);
  };
  co_return co_await pool.run(std::move(opening));
}

}  // namespace filmoteka::scraper
