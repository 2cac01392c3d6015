#include <filmoteka/async/both.hpp>
#include <filmoteka/async/task_group.hpp>

#include <metadata/core/live/live_catalogue.hpp>

#include <chrono>
#include <exception>
#include <utility>

namespace filmoteka::metadata {
namespace {

using Movies = std::vector<domain::Movie>;
constexpr auto kProgressInterval = std::chrono::seconds(1);

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

Task<void> LiveCatalogue::load(Store& store) {
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

Task<Result<void>> LiveCatalogue::load_now(Store& store) {
  const auto start = std::chrono::steady_clock::now();
  auto last_progress = start;
  auto opening = store.read_all();
  FILMOTEKA_CO_TRY(const std::unique_ptr<MovieReader> reader, co_await std::move(opening));
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
  ready(reader->revision(), start);
  co_return Result<void>();
}

void LiveCatalogue::ready(domain::Revision revision, std::chrono::steady_clock::time_point since) {
  revision_.set(static_cast<double>(revision));
  films_.set(static_cast<double>(loaded_.load()));
  phase_.store(Phase::kReady, std::memory_order_release);
  revisions_.publish(revision);
  log_.info("the catalogue is ready",
            {{"films", loaded_.load()}, {"revision", revision}, {"seconds", seconds_since(since)}});
}

void LiveCatalogue::enter(std::span<const Change> changes) {
  if (phase() == Phase::kFailed) return;
  try {
    catalogue_.apply(changes);
  } catch (const std::exception& exception) {
    // The films are stored, so their sender may be told so; but what is read here would be wrong from now on.
    fail(exception.what());
    return;
  }
  const auto state = catalogue_.snapshot();
  revision_.set(static_cast<double>(state->revision));
  films_.set(static_cast<double>(state->films()));
  revisions_.publish(state->revision);
  if (catalogue_.merge_due()) merges_.nudge();
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
