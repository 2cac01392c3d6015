#include <filmoteka/async/task_group.hpp>

#include <metadata/core/live/live_catalogue.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>
#include <utility>

namespace filmoteka::metadata {
namespace {

// The service is not ready yet, so the whole machine is free for it.
std::size_t load_threads() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 2, 8);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

LiveCatalogue::LiveCatalogue(Runtime& runtime, BlockingPool& pool, BlockingPool& merging,
                             telemetry::Logger log, telemetry::Metrics& metrics, FilmsKept kept)
    : pool_(pool),
      log_(log),
      catalogue_(kept),
      readers_(runtime, catalogue_.publisher()),
      revisions_(runtime),
      merges_(runtime, catalogue_, readers_, merging, log, metrics),
      films_(metrics.gauge("filmoteka_metadata_films", "Films in the catalogue, inactive ones included.")),
      revision_(
          metrics.gauge("filmoteka_metadata_revision", "Revision of the last change in the catalogue.")) {}

Task<void> LiveCatalogue::load(MovieStore& store) {
  std::string failure;
  try {
    auto loading = load_now(store);
    const Result<void> loaded = co_await std::move(loading);
    if (loaded.has_error()) failure = describe(loaded.error());
  } catch (const std::exception& exception) {
    if (is_cancellation(std::current_exception())) throw;
    failure = exception.what();
  }
  if (!failure.empty()) load_failed(failure);
}

void LiveCatalogue::load_failed(const std::string& detail) {
  if (!is_renewing()) phase_.store(Phase::kFailed, std::memory_order_release);
  // It is tried again and again, and an outage has one reason.
  if (detail == load_failure_) return;
  load_failure_ = detail;
  log_.error("the catalogue could not be loaded; it is tried again", {{"detail", detail}});
}

Task<Result<void>> LiveCatalogue::load_now(MovieStore& store) {
  const auto start = std::chrono::steady_clock::now();
  progress_.loaded = 0;
  FilmLoader loader(store, pool_, log_, progress_);
  auto loading = loader.run(catalogue_.kept(), load_threads());
  FILMOTEKA_CO_TRY(LoadedFilms films, co_await std::move(loading));
  progress_.indexing = true;
  log_.info("indexing the catalogue",
            {{"films", progress_.loaded.load()}, {"seconds", seconds_since(start)}});
  const IndexProgress indexed = [this, start](std::size_t done, std::size_t all) {
    progress_.parts = all;
    progress_.indexed = done;
    log_.info("indexing the catalogue", {{"done", done}, {"parts", all}, {"seconds", seconds_since(start)}});
  };
  auto index = [&] {
    catalogue_.load(std::move(films.builder), films.revision, load_threads(), indexed);
    return true;
  };
  auto indexing = pool_.run(std::move(index));
  co_await std::move(indexing);
  ready(films.revision, films.views_version, start);
  co_return Result<void>();
}

void LiveCatalogue::ready(domain::Revision revision, std::int64_t views_version,
                          std::chrono::steady_clock::time_point since) {
  {
    const std::lock_guard lock(entering_);
    // What waits may be of a history that is no more.
    order_ = CommitOrder();
    order_.start_at(revision);
  }
  views_version_ = views_version;
  revision_.set(static_cast<double>(revision));
  films_.set(static_cast<double>(progress_.loaded.load()));
  merges_.show_memory();
  revisions_.publish(revision);
  load_failure_.clear();
  phase_.store(Phase::kReady, std::memory_order_release);
  renewing_ = false;
  log_.info("the catalogue is ready",
            {{"films", progress_.loaded.load()}, {"revision", revision}, {"seconds", seconds_since(since)}});
}

Task<void> LiveCatalogue::enter(domain::Revision before, domain::Revision after,
                                std::vector<Change> changes) {
  if (after <= taken()) co_return;
  auto take_them = [this, before, after, &changes] {
    take(before, after, std::move(changes));
  };
  auto taking = pool_.run(std::move(take_them));
  co_await std::move(taking);
}

Task<Result<void>> LiveCatalogue::enter(Commit commit, Deadline deadline) {
  const bool is_batch = commit.changes.size() > 1;
  auto entering = enter(commit.before, commit.after, std::move(commit.changes));
  co_await std::move(entering);
  auto waiting = revisions_.wait_above(commit.after - 1, deadline);
  co_await std::move(waiting);
  if (is_batch) {
    auto catching_up = merges_.let_merges_catch_up(deadline);
    co_await std::move(catching_up);
  }
  if (taken() >= commit.after || phase() == Phase::kFailed) co_return Result<void>();
  co_return deadline_exceeded("The write is stored, but cannot be read yet: other writes come before it.");
}

void LiveCatalogue::take(domain::Revision before, domain::Revision after, std::vector<Change> changes) {
  if (phase() == Phase::kFailed) return;
  const std::lock_guard lock(entering_);
  try {
    catalogue_.apply(order_.add(before, after, std::move(changes)));
  } catch (const std::exception& exception) {
    // The films are stored, so their sender may be told so; but what is read here would be wrong from now on.
    fail(exception.what());
    return;
  }
  revision_.set(static_cast<double>(order_.taken()));
  films_.set(static_cast<double>(catalogue_.snapshot()->films()));
  revisions_.publish(order_.taken());
  if (catalogue_.merge_due()) merges_.nudge();
}

void LiveCatalogue::enter_views(const ViewNews& news) {
  catalogue_.set_views(news.views);
  std::int64_t known = views_version_.load();
  while (known < news.version && !views_version_.compare_exchange_weak(known, news.version)) {
  }
}

void LiveCatalogue::enter_own_views(const ViewNews& news) {
  catalogue_.set_views(news.views);
  // Where another service was between, the follower asks for its version, and for this one again: raising a
  // count twice is harmless, skipping one is not.
  std::int64_t before = news.version - 1;
  views_version_.compare_exchange_strong(before, news.version);
}

void LiveCatalogue::fail(const std::string& detail) {
  phase_.store(Phase::kFailed, std::memory_order_release);
  log_.error("the catalogue in memory cannot be kept; it is loaded anew", {{"detail", detail}});
}

std::string LiveCatalogue::describe_phase() const {
  switch (phase()) {
    case Phase::kReady:
      return is_renewing()
                 ? "being loaded anew: the database has gone back behind what was read from it; reads "
                   "are of before, writes are refused"
                 : "ok";
    case Phase::kFailed:
      return "the catalogue could not be loaded or kept; it is tried again, see the log";
    case Phase::kLoading:
      break;
  }
  return describe(progress_);
}

}  // namespace filmoteka::metadata
