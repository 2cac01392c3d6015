/// A cache of films that several services share: redis_film_cache.hpp has it on Redis.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/domain/movie.hpp>

#include <string>

namespace filmoteka::metadata {

/// From the coroutines of any I/O thread. Never fails: a cache that is away has nothing. What it gives may be
/// anything that anybody has written there.
class FilmCache {
 public:
  enum class Outcome { kFound, kMissing, kAway };
  struct Found {
    Outcome outcome = Outcome::kAway;
    std::string value;
  };

  virtual ~FilmCache() = default;
  virtual Task<Found> get(domain::MovieId id, Deadline deadline) = 0;
  virtual Task<void> put(domain::MovieId id, std::string value) = 0;
};

}  // namespace filmoteka::metadata
