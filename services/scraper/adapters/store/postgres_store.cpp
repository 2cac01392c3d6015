#include <filmoteka/async/runtime.hpp>

#include <scraper/adapters/store/postgres_prepare.hpp>
#include <scraper/adapters/store/postgres_store.hpp>

#include <utility>

namespace filmoteka::scraper {

PostgresStore::PostgresStore(Executor executor, PostgresStoreSettings settings, const Clock& clock)
    : executor_(executor),
      settings_(std::move(settings)),
      clock_(clock),
      owner_(postgres::name_of_this_process()),
      pool_(executor, postgres::pool_settings(settings_)),
      turns_(executor, pool_, {.holder = owner_, .hold = settings_.turn, .deadline = settings_.deadline}) {}

postgres::Limits PostgresStore::limits() const {
  return {settings_.max_rejects, settings_.kept_runs, settings_.max_validators};
}

Task<Result<std::size_t>> PostgresStore::prepare() {
  auto migrating = postgres::migrate(pool_, settings_, clock_);
  FILMOTEKA_CO_CHECK(co_await std::move(migrating));
  auto counting = postgres::oldest_at(pool_, deadline());
  FILMOTEKA_CO_TRY(const auto found, co_await std::move(counting));
  co_return found.outbox;
}

Task<Result<std::unique_ptr<PostgresStore>>> PostgresStore::open(Executor executor,
                                                                 PostgresStoreSettings settings,
                                                                 const Clock& clock) {
  std::unique_ptr<PostgresStore> store(new PostgresStore(executor, std::move(settings), clock));
  auto preparing = run_on(executor, store->prepare());
  FILMOTEKA_CO_TRY(const auto depth, co_await std::move(preparing));
  *store->depth_ = depth;
  co_return std::move(store);
}

template <class T>
Task<Result<T>> PostgresStore::counted(Task<Result<postgres::Counted<T>>> call) {
  auto calling = run_on(executor_, std::move(call));
  FILMOTEKA_CO_TRY(auto outcome, co_await std::move(calling));
  *depth_ = outcome.outbox;
  co_return std::move(outcome.value);
}

Task<Result<std::vector<SourceState>>> PostgresStore::states() {
  return run_on(executor_, postgres::states(pool_, deadline()));
}

Task<Result<void>> PostgresStore::set_paused(std::string source, bool paused,
                                             std::optional<Timestamp> next_run_at) {
  return run_on(executor_, postgres::put_plan(pool_, std::move(source), paused, next_run_at, deadline()));
}

Task<Result<void>> PostgresStore::plan(std::string source, std::optional<Timestamp> next_run_at) {
  return run_on(executor_,
                postgres::put_plan(pool_, std::move(source), std::nullopt, next_run_at, deadline()));
}

Task<Result<Claimed>> PostgresStore::claim(std::string source, std::chrono::milliseconds lifetime) {
  return run_on(executor_,
                postgres::claim(pool_, std::move(source), owner_, lifetime, clock_.now(), deadline()));
}

Task<Result<void>> PostgresStore::renew(Lease lease, std::chrono::milliseconds lifetime) {
  return run_on(executor_, postgres::renew(pool_, std::move(lease), lifetime, deadline()));
}

Task<Result<void>> PostgresStore::release(Lease lease) {
  return run_on(executor_, postgres::release(pool_, std::move(lease), deadline()));
}

Task<Result<RunId>> PostgresStore::begin_run(Lease lease, Trigger trigger, Sweep sweep, Timestamp now) {
  return run_on(executor_, postgres::begin_run(pool_, std::move(lease), trigger, sweep, now, deadline()));
}

Task<Result<Committed>> PostgresStore::commit(Page page) {
  return counted(postgres::commit_page(pool_, std::move(page), limits(), clock_.now(), deadline()));
}

Task<Result<std::uint64_t>> PostgresStore::end_run(Ending ending) {
  return counted(postgres::end_run(pool_, std::move(ending), limits(), clock_.now(), deadline()));
}

Task<Result<std::vector<Run>>> PostgresStore::runs(ListQuery query) {
  return run_on(executor_, postgres::runs(pool_, std::move(query), deadline()));
}

Task<Result<std::optional<Run>>> PostgresStore::run(RunId id) {
  ListQuery query;
  query.run = id;
  auto asking = runs(std::move(query));
  FILMOTEKA_CO_TRY(auto found, co_await std::move(asking));
  if (found.empty()) co_return std::nullopt;
  co_return std::optional(std::move(found.front()));
}

Task<Result<std::optional<StoredPage>>> PostgresStore::saved_page(std::string source) {
  return run_on(executor_, postgres::saved_page(pool_, std::move(source), deadline()));
}

Task<Result<std::vector<StoredReject>>> PostgresStore::rejects(ListQuery query) {
  return run_on(executor_, postgres::rejects(pool_, std::move(query), deadline()));
}

Task<Result<std::vector<bool>>> PostgresStore::known(std::string source,
                                                     std::vector<domain::MovieFacts> films) {
  std::vector<std::string> sources;
  std::vector<std::string> source_ids;
  for (const auto& film : films) {
    sources.push_back(film.source);
    source_ids.push_back(film.source_id);
  }
  auto asking = run_on(executor_, postgres::items(pool_, std::move(source), std::move(sources),
                                                  std::move(source_ids), deadline()));
  FILMOTEKA_CO_TRY(auto before, co_await std::move(asking));
  std::vector<bool> known;
  for (std::size_t i = 0; i < films.size(); ++i) {
    if (before[i]) before[i]->views = films[i].views;
    known.push_back(before[i] == films[i]);
  }
  co_return known;
}

Task<Result<std::vector<std::optional<domain::MovieFacts>>>> PostgresStore::stored(
    std::string source, std::vector<std::string> source_ids) {
  std::vector<std::string> sources(source_ids.size(), source);
  return run_on(executor_, postgres::items(pool_, std::move(source), std::move(sources),
                                           std::move(source_ids), deadline()));
}

Task<Result<std::optional<UrlValidators>>> PostgresStore::validators(std::string source, std::string url) {
  return run_on(executor_, postgres::validators(pool_, std::move(source), std::move(url), deadline()));
}

Task<Result<std::vector<OutboxRow>>> PostgresStore::oldest(std::size_t limit) {
  return counted(postgres::oldest(pool_, limit, deadline()));
}

Task<Result<std::optional<Timestamp>>> PostgresStore::oldest_at() {
  return counted(postgres::oldest_at(pool_, deadline()));
}

Task<Result<void>> PostgresStore::acknowledge(Lease lease, std::vector<Delivery> deliveries, Timestamp now) {
  auto writing = run_on(executor_, postgres::acknowledge(pool_, std::move(lease), std::move(deliveries),
                                                         limits(), now, deadline()));
  FILMOTEKA_CO_TRY(const auto left, co_await std::move(writing));
  *depth_ = left;
  co_return Result<void>{};
}

}  // namespace filmoteka::scraper
