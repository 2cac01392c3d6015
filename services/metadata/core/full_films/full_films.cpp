#include <filmoteka/async/with_deadline.hpp>

#include <metadata/core/full_films/film_value.hpp>
#include <metadata/core/full_films/full_films.hpp>

#include <chrono>
#include <utility>

namespace filmoteka::metadata {
namespace {

/// Who waits for one film does not wait as long as a write may.
constexpr auto kReadLimit = std::chrono::milliseconds(2'000);

telemetry::Counter& lookups(telemetry::Metrics& metrics, const char* result) {
  return metrics.counter("filmoteka_metadata_film_cache_lookups_total",
                         "Full films that were looked up in the shared cache, by what was found.",
                         {{"result", result}});
}

Error cannot_read(std::string detail) {
  return unavailable("The film cannot be read from the database now: try again.", std::move(detail));
}

}  // namespace

FullFilms::FullFilms(MovieStore& store, FilmCache* cache, telemetry::Metrics& metrics)
    : store_(store),
      cache_(cache),
      hits_(lookups(metrics, "hit")),
      missing_(lookups(metrics, "missing")),
      outdated_(lookups(metrics, "outdated")),
      damaged_(lookups(metrics, "damaged")),
      away_(lookups(metrics, "away")),
      reads_(metrics.counter("filmoteka_metadata_film_reads_total",
                             "Full films that were read from the database.")),
      failures_(metrics.counter("filmoteka_metadata_film_read_failures_total",
                                "Full films that could not be read from the database.")) {}

Task<Result<std::optional<FoundMovie>>> FullFilms::find(std::shared_ptr<const Snapshot> snapshot,
                                                        domain::MovieId id, bool include_inactive,
                                                        Deadline deadline) {
  std::optional<LocatedFilm> film = locate_film(*snapshot, id, include_inactive);
  if (!film) co_return std::optional<FoundMovie>();
  if (!film->json.details.empty()) co_return std::optional(full_movie(*film));
  auto looking_up = look_up(id, film->revision, deadline);
  const Cached cached = co_await std::move(looking_up);
  if (cached.details) {
    film->json.details = *cached.details;
    co_return std::optional(full_movie(*film));
  }
  Reading reading{id, film->revision, {}};
  auto joining = join(reading, deadline);
  FILMOTEKA_CO_TRY(const Film stored, co_await std::move(joining));
  const std::optional<FilmRow>& row = stored->value();
  if (!row || (!row->is_active && !include_inactive)) co_return std::optional<FoundMovie>();
  if (row->numbers.revision == film->revision) {
    film->json.details = row->details;
  } else {
    const std::int64_t views = row->numbers.views + row->local_views;
    film = LocatedFilm{{row->summary, row->details, row->views_at, views}, row->numbers.revision};
  }
  FoundMovie found = full_movie(*film);
  if (cached.is_worth_writing && reading.to_cache) {
    auto writing = cache_->put(id, *std::move(reading.to_cache));
    co_await std::move(writing);
  }
  co_return std::optional(std::move(found));
}

Task<FullFilms::Cached> FullFilms::look_up(domain::MovieId id, domain::Revision revision, Deadline deadline) {
  if (cache_ == nullptr) co_return Cached();
  auto asking = cache_->get(id, deadline);
  const FilmCache::Found found = co_await std::move(asking);
  co_return judge(id, revision, found);
}

FullFilms::Cached FullFilms::judge(domain::MovieId id, domain::Revision revision,
                                   const FilmCache::Found& found) {
  Cached cached;
  cached.is_worth_writing = found.outcome != FilmCache::Outcome::kAway;
  if (found.outcome == FilmCache::Outcome::kAway) {
    away_.increment();
  } else if (found.outcome == FilmCache::Outcome::kMissing) {
    missing_.increment();
  } else if (const auto film = read_film_value(id, found.value, store_.secret()); !film) {
    damaged_.increment();
  } else if (film->revision != revision) {
    outdated_.increment();
  } else {
    hits_.increment();
    cached.details = film->details;
  }
  return cached;
}

Task<Result<FilmFlights::Film>> FullFilms::join(Reading& reading, Deadline deadline) {
  const FilmFlights::Read read_it = [this, &reading] {
    return read(reading);
  };
  auto joining = flights_.join({reading.id, reading.known}, deadline, read_it);
  Film film = co_await std::move(joining);
  if (!film) co_return cannot_read("the one who read it for all was cancelled, or the deadline has passed");
  if (film->has_error()) co_return film->error();
  co_return film;
}

Task<FilmFlights::Film> FullFilms::read(Reading& reading) {
  using Outcome = Result<std::optional<FilmRow>>;
  reads_.increment();
  auto limited = with_deadline(store_.film(reading.id), Deadline::after(kReadLimit), "Reading a film");
  const Result<std::optional<domain::Movie>> movie = co_await std::move(limited);
  if (movie.has_error()) {
    failures_.increment();
    const ErrorCode code = movie.error().code;
    const bool may_pass = code == ErrorCode::kUnavailable || code == ErrorCode::kDeadlineExceeded;
    co_return std::make_shared<const Outcome>(may_pass ? cannot_read(filmoteka::describe(movie.error()))
                                                       : movie.error());
  }
  if (!movie->has_value()) co_return std::make_shared<const Outcome>(std::nullopt);
  if (movie.value()->revision < reading.known) {
    failures_.increment();
    co_return std::make_shared<const Outcome>(cannot_read("the database is behind what it has told before"));
  }
  GenreFolder folder;
  std::optional<FilmRow> row = make_film_row(**movie, folder);
  const FilmValue value{row->numbers.revision, row->details};
  if (cache_ != nullptr) reading.to_cache = write_film_value(reading.id, value, store_.secret());
  co_return std::make_shared<const Outcome>(std::move(row));
}

}  // namespace filmoteka::metadata
