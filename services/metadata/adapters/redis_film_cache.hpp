/// The shared cache of films on Redis.
#pragma once

#include <filmoteka/redis/client.hpp>

#include <metadata/core/full_films/film_cache.hpp>

namespace filmoteka::metadata {

/// Values live for a day: what nobody reads goes. `client` outlives it.
class RedisFilmCache final : public FilmCache {
 public:
  explicit RedisFilmCache(redis::Client& client) : client_(client) {}

  Task<Found> get(domain::MovieId id, Deadline deadline) override;
  Task<void> put(domain::MovieId id, std::string value) override;

 private:
  redis::Client& client_;
};

}  // namespace filmoteka::metadata
