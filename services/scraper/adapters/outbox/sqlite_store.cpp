#include <scraper/adapters/outbox/migrations.hpp>
#include <scraper/adapters/outbox/sqlite_store.hpp>
#include <scraper/adapters/outbox/tables.hpp>

#include <map>

namespace filmoteka::scraper {

SqliteStore::SqliteStore(sql::Database database, SqliteStoreSettings settings, const Clock& clock)
    : database_(std::move(database)), settings_(settings), clock_(clock), pool_("scraper-store", 1) {}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::filesystem::path& file,
                                                       SqliteStoreSettings settings, const Clock& clock) {
  FILMOTEKA_TRY(auto database, sql::Database::open(file));
  FILMOTEKA_CHECK(sql::migrate(database, sqlite_migrations(), clock));
  std::unique_ptr<SqliteStore> store(new SqliteStore(std::move(database), settings, clock));
  FILMOTEKA_CHECK(store->prepare_file());
  return store;
}

Result<void> SqliteStore::prepare_file() {
  FILMOTEKA_CHECK(tables::close_interrupted(database_, clock_.now()));
  FILMOTEKA_TRY(const auto depth, tables::count_films(database_));
  *depth_ = depth;
  return {};
}

template <class Work>
Result<void> SqliteStore::atomically(Work work) {
  FILMOTEKA_TRY(auto transaction, sql::Transaction::immediate(database_));
  FILMOTEKA_CHECK(work());
  return transaction.commit();
}

template <class Work>
auto SqliteStore::on_thread(Work work) -> Task<decltype(work())> {
  co_return co_await pool_.run(std::move(work));
}

Task<Result<std::vector<SourceState>>> SqliteStore::states() {
  auto work = [this] {
    return tables::states(database_);
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<void>> SqliteStore::save(SourceState state) {
  auto work = [this, &state] {
    return tables::put_state(database_, state);
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<RunId>> SqliteStore::begin_run(std::string source, Trigger trigger, Timestamp now) {
  auto work = [this, &source, trigger, now] {
    return tables::add_run(database_, source, trigger, now);
  };
  co_return co_await on_thread(std::move(work));
}

Result<void> SqliteStore::write_page(const Page& page) {
  FILMOTEKA_CHECK(tables::add_films(database_, page.run, page.films));
  for (const auto& reject : page.rejects)
    FILMOTEKA_CHECK(tables::add_reject(database_, page.run, reject, clock_.now()));
  if (!page.rejects.empty()) FILMOTEKA_CHECK(tables::drop_old_rejects(database_, settings_.max_rejects));
  FILMOTEKA_CHECK(tables::put_progress(database_, page));
  return tables::put_resume(database_, page.run, page.resume);
}

Task<Result<void>> SqliteStore::commit(Page page) {
  auto work = [this, &page] {
    return atomically([&] { return write_page(page); });
  };
  auto outcome = co_await on_thread(std::move(work));
  if (outcome.has_value()) *depth_ += page.films.size();
  co_return outcome;
}

Task<Result<void>> SqliteStore::end_run(Run run, SourceState state) {
  auto write = [this, &run, &state]() -> Result<void> {
    FILMOTEKA_CHECK(tables::put_end(database_, run));
    FILMOTEKA_CHECK(tables::drop_old_runs(database_, settings_.kept_runs));
    return tables::put_state(database_, state);
  };
  auto work = [this, &write] {
    return atomically(write);
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<std::vector<Run>>> SqliteStore::runs(ListQuery query) {
  auto work = [this, &query] {
    return tables::runs(database_, query);
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<std::optional<Run>>> SqliteStore::run(RunId id) {
  ListQuery query;
  query.run = id;
  FILMOTEKA_CO_TRY(auto found, co_await runs(std::move(query)));
  if (found.empty()) co_return std::nullopt;
  co_return std::optional(std::move(found.front()));
}

Task<Result<std::vector<StoredReject>>> SqliteStore::rejects(ListQuery query) {
  auto work = [this, &query] {
    return tables::rejects(database_, query);
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<std::vector<OutboxRow>>> SqliteStore::oldest(std::size_t limit) {
  auto work = [this, limit] {
    return tables::oldest_films(database_, limit);
  };
  co_return co_await on_thread(std::move(work));
}

Result<void> SqliteStore::write_deliveries(const std::vector<Delivery>& deliveries, Timestamp now) {
  std::map<RunId, Delivered> by_run;
  for (const auto& delivery : deliveries) {
    FILMOTEKA_CHECK(tables::drop_film(database_, delivery.row));
    by_run[delivery.run] += delivery.outcome;
    if (delivery.reject) FILMOTEKA_CHECK(tables::add_reject(database_, delivery.run, *delivery.reject, now));
  }
  for (const auto& [run, delivered] : by_run)
    FILMOTEKA_CHECK(tables::add_delivered(database_, run, delivered));
  return tables::drop_old_rejects(database_, settings_.max_rejects);
}

Task<Result<void>> SqliteStore::acknowledge(std::vector<Delivery> deliveries, Timestamp now) {
  auto work = [this, &deliveries, now] {
    return atomically([&] { return write_deliveries(deliveries, now); });
  };
  auto outcome = co_await on_thread(std::move(work));
  if (outcome.has_value()) *depth_ -= deliveries.size();
  co_return outcome;
}

}  // namespace filmoteka::scraper
