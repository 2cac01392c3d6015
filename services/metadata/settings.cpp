#include <filmoteka/api/batch.hpp>

#include <metadata/core/live/revision_signal.hpp>
#include <metadata/settings.hpp>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kMaxComputeThreads = 64;
constexpr std::size_t kMaxDatabaseConnections = 100;

}  // namespace

Settings::Settings() {
  server.port = 8081;
  server.name = "metadata";
  server.max_body_bytes = api::kMaxBatchBytes;
  // The longest call is the long poll of the change feed.
  server.request_timeout = kMaxFeedWait + std::chrono::seconds(10);
}

void describe(config::Section& section, Settings& settings) {
  section
      .add("compute_threads", settings.compute_threads,
           "Threads for reading batches, loading the catalogue and entering changes.")
      .range(1, kMaxComputeThreads);
  section
      .add("database_connections", settings.database_connections,
           "Connections to PostgreSQL for writes, and as many for loading and exports. Three more hear what "
           "other "
           "services change: twice this and 3 is what one service takes at most.")
      .range(2, kMaxDatabaseConnections);
  section.add("require_if_match", settings.require_if_match,
              "Refuse changes of a film that do not say with If-Match which revision they are based on.");
  section
      .add("full_films", settings.full_films,
           "Where full films are answered from: all in memory, or summaries in memory and "
           "the rest from Redis and the database.")
      .one_of({kFilmsInMemory, kFilmsInDatabase});
}

void apply(const config::CommonSettings& common, Settings& settings) {
  settings.server.host = common.listen.host;
  settings.server.port = common.listen.port;
  settings.server.tokens = common.internal_token;
  settings.data = common.data;
  settings.database = common.database;
  settings.redis = common.redis;
}

Result<std::filesystem::path> database_file(const Settings& settings) {
  if (settings.database.empty()) return settings.data / "metadata.db";
  const auto database = config::parse_database(settings.database);
  if (database && database->kind == config::Database::Kind::kSqlite)
    return std::filesystem::path(database->address);
  return invalid_argument("The database of metadata is no file: sqlite:PATH is, or leaving it out.");
}

}  // namespace filmoteka::metadata
