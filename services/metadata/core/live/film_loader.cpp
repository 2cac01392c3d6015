#include <filmoteka/async/both.hpp>
#include <filmoteka/async/task_group.hpp>

#include <metadata/core/live/film_loader.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

using Movies = std::vector<domain::Movie>;
constexpr auto kReportInterval = std::chrono::seconds(1);

Task<bool> add_on(BlockingPool& pool, SegmentBuilder& builder, const Movies& movies) {
  auto add = [&builder, &movies] {
    for (const domain::Movie& movie : movies) builder.add(movie);
    return true;
  };
  auto adding = pool.run(std::move(add));
  co_return co_await std::move(adding);
}

}  // namespace

std::string describe(const LoadProgress& progress) {
  if (!progress.indexing) {
    return "loading: " + std::to_string(progress.loaded.load()) + " of " +
           std::to_string(progress.films.load()) + " films";
  }
  std::string text = "indexing " + std::to_string(progress.loaded.load()) + " films";
  if (progress.parts == 0) return text;
  return text + ": " + std::to_string(progress.indexed.load()) + " of " +
         std::to_string(progress.parts.load()) + " parts";
}

FilmLoader::FilmLoader(MovieStore& store, BlockingPool& pool, telemetry::Logger log, LoadProgress& progress)
    : store_(store), pool_(pool), log_(std::move(log)), progress_(progress) {}

Task<Result<LoadedFilms>> FilmLoader::run(FilmsKept kept, std::size_t threads) {
  auto opening = store_.read_parts(threads);
  FILMOTEKA_CO_TRY(auto readers, co_await std::move(opening));
  LoadedFilms films{SegmentBuilder(kept), readers.front()->revision(), readers.front()->views_version()};
  std::uint64_t all = 0;
  for (auto& reader : readers) {
    all += reader->films();
    SegmentBuilder builder(kept);
    builder.reserve(reader->films());
    parts_.push_back({std::move(reader), std::move(builder)});
  }
  progress_.films = all;
  log_.info("loading the catalogue",
            {{"films", all}, {"revision", films.revision}, {"parts", parts_.size()}});
  auto reading = read_all_parts();
  co_await std::move(reading);
  if (exception_) std::rethrow_exception(exception_);
  if (failure_) co_return *failure_;
  films.builder = std::move(parts_.front().builder);
  auto join = [this, &films, all] {
    // Columns that grow while parts are joined would keep up to twice what they need.
    films.builder.reserve(all);
    for (std::size_t i = 1; i < parts_.size(); ++i) films.builder.append(std::move(parts_[i].builder));
  };
  auto joining = pool_.run(std::move(join));
  co_await std::move(joining);
  co_return films;
}

Task<void> FilmLoader::read_all_parts() {
  const Executor executor = co_await asio::this_coro::executor;
  TaskGroup group(executor, [this](const std::exception_ptr& thrown) { exception_ = thrown; });
  for (Part& part : parts_) group.spawn(read(part));
  auto joining = group.join();
  co_await std::move(joining);
}

Task<void> FilmLoader::read(Part& part) {
  auto reading = read_films(part);
  const Result<void> done = co_await std::move(reading);
  if (done.has_error()) failure_ = done.error();
  part.reader.reset();
}

Task<Result<void>> FilmLoader::read_films(Part& part) {
  auto first = part.reader->next();
  FILMOTEKA_CO_TRY(Movies movies, co_await std::move(first));
  // A part that failed makes what the others still read useless.
  while (!movies.empty() && !failure_ && !exception_) {
    // One thread reads the next films while another indexes these.
    auto reading = both(part.reader->next(), add_on(pool_, part.builder, movies));
    auto [next, added] = co_await std::move(reading);
    progress_.loaded += movies.size();
    report();
    FILMOTEKA_CO_TRY(movies, std::move(next));
  }
  co_return Result<void>();
}

void FilmLoader::report() {
  const auto now = std::chrono::steady_clock::now();
  if (now - reported_ < kReportInterval) return;
  reported_ = now;
  const auto loaded = static_cast<double>(progress_.loaded.load());
  const double left = static_cast<double>(progress_.films.load()) - loaded;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  log_.info("loading the catalogue", {{"loaded", progress_.loaded.load()},
                                      {"films", progress_.films.load()},
                                      {"seconds_left", left > 0 ? seconds * left / loaded : 0.0}});
}

}  // namespace filmoteka::metadata
