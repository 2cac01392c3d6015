/// Full films for a catalogue that keeps summaries only: from the shared cache, else from the database.
#pragma once

#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/core/full_films/film_cache.hpp>
#include <metadata/core/full_films/film_flights.hpp>
#include <metadata/core/movie_store.hpp>
#include <metadata/core/query/execute.hpp>

#include <memory>
#include <optional>
#include <string>

namespace filmoteka::metadata {

/// What a service has in memory decides: whether a film is shown, its revision and its views. A cached value
/// counts only if it is of that revision, so that the change feed, which brings the revision into every
/// service's memory, is all that invalidates the cache. Thread-safe.
class FullFilms {
 public:
  /// `cache` may be null. All outlive it.
  FullFilms(MovieStore& store, FilmCache* cache, telemetry::Metrics& metrics);

  /// Like find_movie(), from whatever the catalogue keeps. The database may be ahead of `snapshot`: then the
  /// film is as it is there. kUnavailable: neither the cache nor the database tells it in time.
  Task<Result<std::optional<FoundMovie>>> find(std::shared_ptr<const Snapshot> snapshot, domain::MovieId id,
                                               bool include_inactive, Deadline deadline);

 private:
  using Film = FilmFlights::Film;
  struct Cached {
    std::optional<std::string> details;
    bool is_worth_writing = false;  ///< the cache works and does not have it
  };
  struct Reading {
    domain::MovieId id = 0;
    domain::Revision known = 0;
    std::optional<std::string> to_cache;  ///< what the one who reads for all has to write
  };

  Task<Cached> look_up(domain::MovieId id, domain::Revision revision, Deadline deadline);
  Cached judge(domain::MovieId id, domain::Revision revision, const FilmCache::Found& found);
  Task<Result<FilmFlights::Film>> join(Reading& reading, Deadline deadline);
  Task<Film> read(Reading& reading);

  MovieStore& store_;
  FilmCache* cache_;
  FilmFlights flights_;
  telemetry::Counter& hits_;
  telemetry::Counter& missing_;
  telemetry::Counter& outdated_;
  telemetry::Counter& damaged_;
  telemetry::Counter& away_;
  telemetry::Counter& reads_;
  telemetry::Counter& failures_;
};

}  // namespace filmoteka::metadata
