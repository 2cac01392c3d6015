#include <metadata/adapters/redis_film_cache.hpp>
#include <metadata/core/full_films/film_value.hpp>

#include <utility>
#include <vector>

namespace filmoteka::metadata {
namespace {

constexpr const char* kLifetimeSeconds = "86400";

}  // namespace

Task<FilmCache::Found> RedisFilmCache::get(domain::MovieId id, Deadline deadline) {
  redis::Commands command{"GET", film_key(id)};
  auto calling = client_.call(std::move(command), deadline);
  Result<std::vector<redis::Reply>> replies = co_await std::move(calling);
  if (replies.has_error()) co_return Found{};
  redis::Reply& reply = replies->front();
  if (reply.is_string()) co_return Found{Outcome::kFound, std::move(reply.text)};
  // Something else than a text stands there: it may be overwritten.
  const bool is_missing = reply.is_nil() || reply.text.starts_with("WRONGTYPE");
  co_return Found{is_missing ? Outcome::kMissing : Outcome::kAway, {}};
}

Task<void> RedisFilmCache::put(domain::MovieId id, std::string value) {
  redis::Commands command{"SET", film_key(id), value, "EX", kLifetimeSeconds};
  auto calling = client_.call(std::move(command));
  co_await std::move(calling);
}

}  // namespace filmoteka::metadata
