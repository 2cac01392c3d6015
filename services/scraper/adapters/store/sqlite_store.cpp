#include <scraper/adapters/store/migrations.hpp>
#include <scraper/adapters/store/row_json.hpp>
#include <scraper/adapters/store/sqlite_store.hpp>
#include <scraper/adapters/store/tables.hpp>

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
  FILMOTEKA_CHECK(tables::close_interrupted(database_, {}, clock_.now()));
  FILMOTEKA_CHECK(tables::free_all_leases(database_));
  FILMOTEKA_TRY(const auto depth, tables::count_films(database_));
  *depth_ = depth;
  return {};
}

template <class Work>
auto SqliteStore::on_thread(Work work) -> Task<decltype(work())> {
  co_return co_await pool_.run(std::move(work));
}

template <class Work>
auto SqliteStore::atomically(Work work) -> Task<decltype(work())> {
  auto whole = [this, &work]() -> decltype(work()) {
    FILMOTEKA_TRY(auto transaction, sql::Transaction::immediate(database_));
    auto outcome = work();
    if (outcome.has_error()) return outcome;
    FILMOTEKA_CHECK(transaction.commit());
    return outcome;
  };
  co_return co_await on_thread(std::move(whole));
}

Task<Result<std::vector<SourceState>>> SqliteStore::states() {
  auto work = [this] {
    return tables::states(database_);
  };
  co_return co_await on_thread(std::move(work));
}

template <class Change>
Task<Result<void>> SqliteStore::change_state(std::string source, Change change) {
  auto work = [this, &source, &change]() -> Result<void> {
    FILMOTEKA_TRY(auto state, tables::state(database_, source));
    change(state);
    return tables::put_state(database_, state);
  };
  auto writing = atomically(std::move(work));
  co_return co_await std::move(writing);
}

Task<Result<void>> SqliteStore::set_paused(std::string source, bool paused,
                                           std::optional<Timestamp> next_run_at) {
  auto change = [paused, next_run_at](SourceState& state) {
    state.paused = paused;
    state.next_run_at = next_run_at;
  };
  return change_state(std::move(source), change);
}

Task<Result<void>> SqliteStore::plan(std::string source, std::optional<Timestamp> next_run_at) {
  auto change = [next_run_at](SourceState& state) {
    state.next_run_at = next_run_at;
  };
  return change_state(std::move(source), change);
}

Result<Claimed> SqliteStore::take(const std::string& source, std::chrono::milliseconds lifetime) {
  Claimed claimed;
  FILMOTEKA_TRY(claimed.lease, tables::take_lease(database_, source, "this process", clock_.now(), lifetime));
  FILMOTEKA_CHECK(tables::close_interrupted(database_, source, clock_.now()));
  FILMOTEKA_TRY(claimed.state, tables::state(database_, source));
  return claimed;
}

Task<Result<Claimed>> SqliteStore::claim(std::string source, std::chrono::milliseconds lifetime) {
  auto work = [this, &source, lifetime] {
    return take(source, lifetime);
  };
  auto writing = atomically(std::move(work));
  co_return co_await std::move(writing);
}

Task<Result<void>> SqliteStore::renew(Lease lease, std::chrono::milliseconds lifetime) {
  auto work = [this, &lease, lifetime] {
    return tables::put_expiry(database_, lease, clock_.now() + lifetime);
  };
  auto writing = atomically(std::move(work));
  co_return co_await std::move(writing);
}

Task<Result<void>> SqliteStore::release(Lease lease) {
  auto work = [this, &lease] {
    return tables::free_lease(database_, lease);
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<RunId>> SqliteStore::begin_run(Lease lease, Trigger trigger, Sweep sweep, Timestamp now) {
  auto work = [this, &lease, trigger, sweep, now]() -> Result<RunId> {
    FILMOTEKA_CHECK(tables::check_lease(database_, lease));
    FILMOTEKA_TRY(const auto id, tables::add_run(database_, lease.source, trigger, sweep, now));
    FILMOTEKA_TRY(auto state, tables::state(database_, lease.source));
    state.last_run = id;
    state.sweep = sweep;
    state.next_run_at = state.paused ? std::nullopt : std::optional(now);
    FILMOTEKA_CHECK(tables::put_state(database_, state));
    return id;
  };
  auto writing = atomically(std::move(work));
  co_return co_await std::move(writing);
}

Result<Committed> SqliteStore::write_page(const Page& page) {
  const auto now = clock_.now();
  const auto& source = page.lease.source;
  FILMOTEKA_CHECK(tables::check_lease(database_, page.lease));
  Committed committed;
  for (const auto& film : page.films) {
    const auto text = film_to_json(film);
    FILMOTEKA_TRY(const bool is_news, tables::put_item(database_, source, film, text, page.sweep));
    const bool is_sent = is_news || page.send_known;
    if (is_sent) FILMOTEKA_CHECK(tables::add_film(database_, page.run, text, now));
    ++(is_sent ? committed.stored : committed.known);
  }
  for (const auto& reject : page.rejects)
    FILMOTEKA_CHECK(tables::add_reject(database_, page.run, reject, now));
  if (!page.rejects.empty()) FILMOTEKA_CHECK(tables::drop_old_rejects(database_, settings_.max_rejects));
  for (const auto& one : page.validators)
    FILMOTEKA_CHECK(tables::put_validators(database_, source, one, now));
  FILMOTEKA_CHECK(tables::put_progress(database_, page, committed));
  FILMOTEKA_CHECK(tables::put_resume(database_, source, page.resume));
  return committed;
}

Task<Result<Committed>> SqliteStore::commit(Page page) {
  auto work = [this, &page] {
    return write_page(page);
  };
  auto writing = atomically(std::move(work));
  auto outcome = co_await std::move(writing);
  if (outcome.has_value()) *depth_ += outcome->stored;
  co_return outcome;
}

Result<std::uint64_t> SqliteStore::write_end(Ending& ending) {
  const auto now = clock_.now();
  const auto& source = ending.lease.source;
  FILMOTEKA_CHECK(tables::check_lease(database_, ending.lease));
  if (ending.gone_after > 0) {
    FILMOTEKA_TRY(auto gone, tables::take_gone(database_, source, ending.state.sweep, ending.gone_after));
    for (auto& film : gone) {
      film.is_active = false;
      FILMOTEKA_CHECK(tables::add_film(database_, ending.run.id, film_to_json(film), now));
    }
    ending.run.gone = gone.size();
  }
  FILMOTEKA_CHECK(tables::put_end(database_, ending.run));
  FILMOTEKA_CHECK(tables::drop_old_runs(database_, settings_.kept_runs));
  FILMOTEKA_CHECK(tables::drop_old_validators(database_, source, settings_.max_validators));
  if (const auto& saved = ending.run.observations.saved)
    FILMOTEKA_CHECK(tables::put_page(database_, source, ending.run.id, now, *saved));
  // What an operator said meanwhile stands.
  FILMOTEKA_TRY(const auto before, tables::state(database_, source));
  ending.state.paused = before.paused;
  if (ending.state.paused) ending.state.next_run_at.reset();
  FILMOTEKA_CHECK(tables::put_state(database_, ending.state));
  FILMOTEKA_CHECK(tables::free_lease(database_, ending.lease));
  return ending.run.gone;
}

Task<Result<std::uint64_t>> SqliteStore::end_run(Ending ending) {
  auto work = [this, &ending] {
    return write_end(ending);
  };
  auto writing = atomically(std::move(work));
  auto outcome = co_await std::move(writing);
  if (outcome.has_value()) *depth_ += *outcome;
  co_return outcome;
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

Task<Result<std::optional<StoredPage>>> SqliteStore::saved_page(std::string source) {
  auto work = [this, &source] {
    return tables::page(database_, source);
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<std::vector<StoredReject>>> SqliteStore::rejects(ListQuery query) {
  auto work = [this, &query] {
    return tables::rejects(database_, query);
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<std::vector<bool>>> SqliteStore::known(std::string source,
                                                   std::vector<domain::MovieFacts> films) {
  auto work = [this, &source, &films]() -> Result<std::vector<bool>> {
    std::vector<bool> known;
    for (const auto& film : films) {
      FILMOTEKA_TRY(auto before, tables::item(database_, source, film.source, film.source_id));
      if (before) before->views = film.views;
      known.push_back(before == film);
    }
    return known;
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<std::vector<std::optional<domain::MovieFacts>>>> SqliteStore::stored(
    std::string source, std::vector<std::string> source_ids) {
  auto work = [this, &source, &source_ids]() -> Result<std::vector<std::optional<domain::MovieFacts>>> {
    std::vector<std::optional<domain::MovieFacts>> found;
    for (const auto& id : source_ids) {
      FILMOTEKA_TRY(auto film, tables::item(database_, source, source, id));
      found.push_back(std::move(film));
    }
    return found;
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<std::optional<UrlValidators>>> SqliteStore::validators(std::string source, std::string url) {
  auto work = [this, &source, &url] {
    return tables::validators(database_, source, url);
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<std::vector<OutboxRow>>> SqliteStore::oldest(std::size_t limit) {
  auto work = [this, limit] {
    return tables::oldest_films(database_, limit);
  };
  co_return co_await on_thread(std::move(work));
}

Task<Result<std::optional<Timestamp>>> SqliteStore::oldest_at() {
  auto work = [this] {
    return tables::oldest_at(database_);
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

Task<Result<void>> SqliteStore::acknowledge(Lease lease, std::vector<Delivery> deliveries, Timestamp now) {
  auto work = [this, &lease, &deliveries, now]() -> Result<void> {
    FILMOTEKA_CHECK(tables::check_lease(database_, lease));
    return write_deliveries(deliveries, now);
  };
  auto writing = atomically(std::move(work));
  auto outcome = co_await std::move(writing);
  if (outcome.has_value()) *depth_ -= deliveries.size();
  co_return outcome;
}

}  // namespace filmoteka::scraper
