#include <metadata/adapters/postgres_connections.hpp>
#include <metadata/adapters/postgres_prepare.hpp>

#include <chrono>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

/// Between attempts to connect: for so long writes may be refused after the database is back.
constexpr std::chrono::milliseconds kLongestPause{500};

/// A writer that stops with the lock of all writers in its hand holds them up for so long.
constexpr std::chrono::milliseconds kIdleInTransaction{3'000};
/// Longer than that: who waits behind it gets through.
constexpr std::chrono::milliseconds kLockTimeout{4'000};
constexpr std::size_t kFeedConnections = 2;

}  // namespace

StoreConnections connections_of(const PostgresStoreSettings& settings, std::string_view application) {
  pg::PoolSettings pool;
  pool.connect.url = settings.url;
  pool.connect.schema = kPostgresSchema;
  pool.connect.application_name = application;
  pool.backoff.longest = kLongestPause;
  pool.max_connections = settings.connections;
  StoreConnections connections{pool, pool, pool};
  connections.work.connect.idle_in_transaction_timeout = kIdleInTransaction;
  connections.work.connect.lock_timeout = kLockTimeout;
  connections.feed.max_connections = kFeedConnections;
  return connections;
}

}  // namespace filmoteka::metadata
