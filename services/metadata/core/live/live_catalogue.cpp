#include <filmoteka/async/both.hpp>
#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>

#include <metadata/core/live/live_catalogue.hpp>

#include <chrono>
#include <exception>
#include <utility>

namespace filmoteka::metadata {
namespace {

using Movies = std::vector<domain::Movie>;
constexpr auto kProgressInterval = std::chrono::seconds(1);
constexpr auto kViewsOrderAge = std::chrono::milliseconds(3'000);

Task<bool> add_on(BlockingPool& pool, SegmentBuilder& builder, const Movies& movies) {
  auto add = [&builder, &movies] {
    for (const domain::Movie& movie : movies) builder.add(movie);
    return true;
  };
  auto adding = pool.run(std::move(add));
  co_return co_await std::move(adding);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

LiveCatalogue::LiveCatalogue(Runtime& runtime, BlockingPool& pool, telemetry::Logger log,
                             telemetry::Metrics& metrics)
    : pool_(pool),
      log_(log),
      readers_(runtime, [this](const Executor&) { return SnapshotReader(catalogue_.publisher()); }),
      revisions_(runtime),
      merges_(runtime.executor(0), catalogue_, pool, log, metrics),
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
  if (!failure.empty()) fail(failure);
}

Task<Result<void>> LiveCatalogue::load_now(MovieStore& store) {
  const auto start = std::chrono::steady_clock::now();
  auto last_progress = start;
  auto opening = store.read_all();
  FILMOTEKA_CO_TRY(const std::unique_ptr<FilmReader> reader, co_await std::move(opening));
  to_load_ = reader->films();
  log_.info("loading the catalogue", {{"films", reader->films()}, {"revision", reader->revision()}});
  SegmentBuilder builder;
  builder.reserve(reader->films());
  auto first = reader->next();
  FILMOTEKA_CO_TRY(Movies movies, co_await std::move(first));
  while (!movies.empty()) {
    // One thread reads the next films while another indexes these.
    auto reading = both(reader->next(), add_on(pool_, builder, movies));
    auto [next, added] = co_await std::move(reading);
    loaded_ += movies.size();
    FILMOTEKA_CO_TRY(movies, std::move(next));
    if (std::chrono::steady_clock::now() - last_progress >= kProgressInterval) {
      last_progress = std::chrono::steady_clock::now();
      log_.info("loading the catalogue", {{"loaded", loaded_.load()}, {"films", reader->films()}});
    }
  }
  auto index = [&] {
    catalogue_.load(std::move(builder), reader->revision());
    return true;
  };
  auto indexing = pool_.run(std::move(index));
  co_await std::move(indexing);
  ready(*reader, start);
  co_return Result<void>();
}

void LiveCatalogue::ready(const FilmReader& reader, std::chrono::steady_clock::time_point since) {
  const domain::Revision revision = reader.revision();
  {
    const std::lock_guard lock(entering_);
    order_.start_at(revision);
  }
  views_version_ = reader.views_version();
  revision_.set(static_cast<double>(revision));
  films_.set(static_cast<double>(loaded_.load()));
  revisions_.publish(revision);
  phase_.store(Phase::kReady, std::memory_order_release);
  log_.info("the catalogue is ready",
            {{"films", loaded_.load()}, {"revision", revision}, {"seconds", seconds_since(since)}});
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
  auto entering = enter(commit.before, commit.after, std::move(commit.changes));
  co_await std::move(entering);
  auto waiting = revisions_.wait_above(commit.after - 1, deadline);
  co_await std::move(waiting);
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

Task<void> LiveCatalogue::refresh_views() {
  for (;;) {
    auto pausing = sleep_for(kViewsOrderAge);
    co_await std::move(pausing);
    auto refresh = [this] {
      return catalogue_.refresh_views_order();
    };
    auto refreshing = pool_.run(std::move(refresh));
    co_await std::move(refreshing);
  }
}

void LiveCatalogue::fail(const std::string& detail) {
  phase_.store(Phase::kFailed, std::memory_order_release);
  log_.error("the catalogue in memory cannot be kept; restart the service", {{"detail", detail}});
}

std::string LiveCatalogue::describe_phase() const {
  switch (phase()) {
    case Phase::kReady:
      return "ok";
    case Phase::kFailed:
      return "the catalogue could not be loaded or kept; see the log, then restart the service";
    case Phase::kLoading:
      break;
  }
  return "loading: " + std::to_string(loaded_.load()) + " of " + std::to_string(to_load_.load()) + " films";
}

}  // namespace filmoteka::metadata
