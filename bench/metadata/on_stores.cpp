#include "in_service.hpp"
#include "questions.hpp"
#include "server.hpp"
#include "subjects.hpp"

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/event.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <metadata/adapters/postgres_movie_store.hpp>
#include <metadata/adapters/sqlite_movie_store.hpp>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/live/view_counter.hpp>
#include <metadata/core/testing/film_generator.hpp>
#include <metadata/core/testing/random.hpp>
#include <metadata/settings.hpp>

#include <functional>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace filmoteka::bench {
namespace {

using metadata::MovieStore;
using OpenStore = std::function<Result<std::unique_ptr<MovieStore>>(telemetry::Metrics&)>;
using Facts = std::vector<domain::MovieFacts>;

constexpr std::int64_t kBatch = 1'000;
constexpr int kViewers = 64;
constexpr auto kDeadline = std::chrono::seconds(120);

template <class T>
T must(Result<T> result) {
  if (result.has_error()) throw std::runtime_error(describe(result.error()));
  if constexpr (!std::is_void_v<T>) return std::move(result).value();
}

std::string per_batch_note() {
  return "times are of batches of 1,000";
}

/// A service without its HTTP server.
struct Service {
  Service(const OpenStore& open, Runtime& on)
      : runtime(on),
        store(must(open(metrics))),
        catalogue(on, pool, merging, log, metrics),
        views(on, catalogue, *store, metrics) {}

  Runtime& runtime;
  telemetry::Logger log{telemetry::make_stderr_sink(), telemetry::LogLevel::kWarning, "bench"};
  telemetry::Metrics metrics;
  BlockingPool pool{"bench-cpu", metadata::Settings().compute_threads};
  BlockingPool merging{"bench-merge", 1};
  std::unique_ptr<MovieStore> store;
  metadata::LiveCatalogue catalogue;
  metadata::ViewCounter views;
};

// Films keep their ids, so that all subjects have the same ones.
Task<void> fill(MovieStore& store, const Plan& plan, const Report& report) {
  const metadata::testing::FilmGenerator films(kSeed);
  const Stopwatch whole;
  Times times;
  times.begin_round();
  for (domain::MovieId id = 1; id <= plan.films;) {
    std::vector<domain::Movie> batch;
    for (; id <= plan.films && std::ssize(batch) < kBatch; ++id) batch.push_back(films.film(id));
    const metadata::Write write = metadata::RestoreMovies{batch, {}};
    const Stopwatch one;
    auto writing = store.write(write);
    must(co_await std::move(writing));
    times.add(one.seconds());
    if (id % 1'000'000 == 1) report.progress("stored " + std::to_string(id - 1));
  }
  report.rate("restore, films", static_cast<double>(plan.films) / whole.seconds(), times,
              per_batch_note() + "; making the films included");
}

Task<void> start(Service& service, const Report& report) {
  const Stopwatch whole;
  auto loading = service.catalogue.load(*service.store);
  co_await std::move(loading);
  if (service.catalogue.phase() != metadata::Phase::kReady)
    throw std::runtime_error("it does not become ready");
  report.value("start, until ready", whole.seconds(), "s");
}

Task<void> upsert(Service& service, const std::vector<Facts>& batches, std::string name,
                  const Report& report) {
  const Stopwatch whole;
  Times times;
  times.begin_round();
  std::size_t rows = 0;
  for (const Facts& batch : batches) {
    const metadata::Write write = metadata::UpsertMovies{batch};
    const Stopwatch one;
    auto writing = service.store->write(write);
    auto commit = must(co_await std::move(writing));
    auto entering = service.catalogue.enter(std::move(commit), Deadline::after(kDeadline));
    must(co_await std::move(entering));
    times.add(one.seconds());
    rows += batch.size();
  }
  report.rate(name, static_cast<double>(rows) / whole.seconds(), times,
              per_batch_note() + ", until they can be read");
}

Task<void> upserts(Service& service, const Plan& plan, const Report& report) {
  const metadata::testing::FilmGenerator films(kSeed);
  std::vector<Facts> batches;
  for (domain::MovieId id = plan.films + 1; id <= plan.films + plan.upserts; ++id) {
    if (batches.empty() || std::ssize(batches.back()) == kBatch) batches.emplace_back();
    batches.back().push_back(films.film(id).facts);
  }
  auto fresh = upsert(service, batches, "batch upsert, new films", report);
  co_await std::move(fresh);
  auto again = upsert(service, batches, "batch upsert, unchanged films", report);
  co_await std::move(again);
}

Task<void> viewer(Service& service, const Plan& plan, std::uint64_t seed, Stopwatch since, Times& times) {
  metadata::testing::Random random(seed);
  while (since.seconds() < plan.seconds_of_views) {
    const domain::MovieId id = random.between(1, plan.films);
    const Stopwatch one;
    auto counting = service.views.count(id, Deadline::after(kDeadline));
    must(co_await std::move(counting));
    times.add(one.seconds());
  }
}

Task<void> views(Service& service, const Plan& plan, const Report& report) {
  Times times;
  times.begin_round();
  TaskGroup viewers(service.runtime.executor(0));
  const Stopwatch whole;
  for (int i = 0; i < kViewers; ++i) {
    viewers.spawn(viewer(service, plan, static_cast<std::uint64_t>(i) + 1, whole, times));
  }
  auto all = viewers.join();
  co_await std::move(all);
  report.rate("views, durable", static_cast<double>(times.count()) / whole.seconds(), times,
              std::to_string(kViewers) + " viewers at once");
}

Task<void> measure(Service& service, const Plan& plan, const Report& report) {
  auto starting = start(service, report);
  co_await std::move(starting);
  const auto executor = co_await asio::this_coro::executor;
  const metadata::CursorKey key{service.store->secret()};
  {
    const auto snapshot = service.catalogue.snapshot(executor);
    weigh(*snapshot, report);
    report.progress("asking");
    ask_service(questions(plan.films), *snapshot, key, plan.rounds, report);
    walk_service(*snapshot, key, report);
  }
  TaskGroup background(executor);
  background.spawn(service.catalogue.run());
  background.spawn(service.views.run());
  report.progress("writing");
  std::exception_ptr failure;
  try {
    auto counting = views(service, plan, report);
    co_await std::move(counting);
    auto writing = upserts(service, plan, report);
    co_await std::move(writing);
  } catch (...) {
    failure = std::current_exception();
  }
  background.cancel();
  auto ended = background.join();
  co_await std::move(ended);
  if (failure) std::rethrow_exception(failure);
}

void measure_store(const OpenStore& open, const Plan& plan, const Report& report) {
  {
    // The runtime goes last: the store's threads may still be letting go of it.
    Runtime runtime(1);
    telemetry::Metrics metrics;
    const auto store = must(open(metrics));
    report.progress("filling");
    runtime.run(fill(*store, plan, report));
  }
  Runtime runtime(1);
  Service service(open, runtime);
  report.progress("starting");
  runtime.run(measure(service, plan, report));
}

}  // namespace

void measure_sqlite(const Plan& plan, const Report& report) {
  const testing::TemporaryFolder folder;
  const OpenStore open = [&folder](telemetry::Metrics& metrics) {
    return metadata::open_sqlite_movie_store(folder / "metadata.db", SystemClock::instance(), metrics);
  };
  measure_store(open, plan, report);
}

void measure_postgres(const Plan& plan, const Report& report) {
  // Most of the memory is the catalogue's.
  constexpr std::int64_t kMegabytes = 1'024;
  testing::PostgresServer server(server_options(kMegabytes));
  const std::string url = server.create_database();
  const OpenStore open = [&url](telemetry::Metrics& metrics) {
    metadata::PostgresStoreSettings settings;
    settings.url = url;
    settings.deadline = kDeadline;
    return metadata::open_postgres_movie_store(settings, SystemClock::instance(), metrics);
  };
  measure_store(open, plan, report);
}

}  // namespace filmoteka::bench
