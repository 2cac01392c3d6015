#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/redis/client.hpp>

#include <metadata/adapters/postgres_movie_store.hpp>
#include <metadata/adapters/redis_film_cache.hpp>
#include <metadata/adapters/sqlite_movie_store.hpp>
#include <metadata/core/live/background.hpp>
#include <metadata/core/live/catalogue_keeper.hpp>
#include <metadata/core/live/follower.hpp>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/routes.hpp>
#include <metadata/service.hpp>

#include <atomic>
#include <filesystem>
#include <optional>
#include <utility>

namespace filmoteka::metadata {

namespace {

/// What works on an open store. Ends before the store does.
struct Calls {
  Calls(MovieStore& store, FilmCache* film_cache, LiveCatalogue& catalogue, BlockingPool& compute,
        const Settings& settings, const kit::Environment& environment)
      : follower(catalogue, store, environment.log, environment.metrics, settings.follow_interval),
        keeper(catalogue, store, follower),
        views(environment.runtime, catalogue, store, environment.metrics),
        full_films(store, film_cache, environment.metrics),
        read_movies(catalogue, full_films, CursorKey{store.secret()}),
        upsert_batch(store, compute, environment.clock, environment.metrics),
        restore_batch(store, compute, environment.clock),
        edit_movies(store, catalogue, full_films, environment.clock, settings.require_if_match),
        list_changes(store, catalogue.revisions()),
        export_movies(store) {}

  Follower follower;
  CatalogueKeeper keeper;
  ViewCounter views;
  FullFilms full_films;
  ReadMovies read_movies;
  UpsertBatch upsert_batch;
  RestoreBatch restore_batch;
  EditMovies edit_movies;
  ListChanges list_changes;
  ExportMovies export_movies;
};

}  // namespace

class MetadataService::Parts {
 public:
  Parts(Settings settings, const kit::Environment& environment)
      : settings_(std::move(settings)),
        environment_(environment),
        compute_("metadata-cpu", settings_.compute_threads),
        merging_("metadata-merge", 1),
        catalogue_(environment.runtime, compute_, merging_, environment.log, environment.metrics,
                   settings_.full_films == kFilmsInDatabase ? FilmsKept::kSummaries : FilmsKept::kWhole),
        background_(environment.runtime.executor(0), environment.log, environment.metrics),
        serving_(environment.runtime.executor(0)) {}

  Task<Result<void>> start();
  Task<void> stop(Deadline deadline);
  std::vector<kit::Check> checks() const;
  std::string base_url() const { return server_->base_url(); }

 private:
  Result<std::unique_ptr<MovieStore>> open_store();
  Result<void> connect_redis();
  Result<void> serve();
  std::string describe_store() const;
  Task<void> close_store();

  Settings settings_;
  kit::Environment environment_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> has_started_{false};  ///< background_ can be asked
  BlockingPool compute_;
  BlockingPool merging_;
  LiveCatalogue catalogue_;
  std::unique_ptr<redis::Client> redis_;  ///< null: not in the settings
  std::unique_ptr<FilmCache> film_cache_;
  std::unique_ptr<MovieStore> store_;
  std::optional<Calls> calls_;
  std::atomic<const Follower*> follower_{nullptr};  ///< of calls_: checks() may come from any thread
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  Background background_;
  TaskGroup serving_;
};

Result<std::unique_ptr<MovieStore>> MetadataService::Parts::open_store() {
  if (const auto url = config::postgresql_url(settings_.database)) {
    PostgresStoreSettings postgres;
    postgres.url = *url;
    postgres.connections = settings_.database_connections;
    postgres.log = environment_.log;
    return open_postgres_movie_store(postgres, environment_.clock, environment_.metrics);
  }
  FILMOTEKA_TRY(const std::filesystem::path file, database_file(settings_));
  std::error_code error;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
  if (error) {
    return unavailable("The folder " + file.parent_path().string() + " cannot be made: " + error.message() +
                       ". Choose another with --data.");
  }
  return open_sqlite_movie_store(file, environment_.clock, environment_.metrics);
}

Result<void> MetadataService::Parts::connect_redis() {
  if (settings_.redis.empty()) return {};
  redis::ClientSettings redis;
  FILMOTEKA_TRY(redis.endpoint, redis::parse_endpoint(settings_.redis));
  redis_ =
      std::make_unique<redis::Client>(environment_.runtime, redis, environment_.metrics, environment_.log);
  film_cache_ = std::make_unique<RedisFilmCache>(*redis_);
  return {};
}

Result<void> MetadataService::Parts::serve() {
  calls_.emplace(*store_, film_cache_.get(), catalogue_, compute_, settings_, environment_);
  follower_ = &calls_->follower;
  add_routes(router_, {catalogue_, calls_->read_movies, calls_->upsert_batch, calls_->restore_batch,
                       calls_->edit_movies, calls_->views, calls_->list_changes, calls_->export_movies});
  http::ServerSettings server = settings_.server;
  server.tracer = environment_.tracer;
  FILMOTEKA_TRY(server_, http::Server::make(environment_.runtime, std::move(server), router_,
                                            environment_.log, environment_.metrics));
  serving_.spawn(server_->run());
  return {};
}

Task<Result<void>> MetadataService::Parts::start() {
  FILMOTEKA_CO_CHECK(connect_redis());
  auto open = [this] {
    return open_store();
  };
  auto opening = compute_.run(std::move(open));
  FILMOTEKA_CO_TRY(store_, co_await std::move(opening));
  Result<void> served = serve();
  if (served.has_error()) {
    auto closing = close_store();
    co_await std::move(closing);
    co_return served;
  }
  if (redis_) background_.spawn("redis", [this] { return redis_->run(); });
  background_.spawn("following the database", [this] { return calls_->keeper.run(); });
  background_.spawn("merging", [this] { return catalogue_.run(); });
  background_.spawn("ordering by views", [this] { return catalogue_.refresh_views(); });
  background_.spawn("counting views", [this] { return calls_->views.run(); });
  has_started_ = true;
  co_return Result<void>();
}

Task<void> MetadataService::Parts::close_store() {
  // Closing writes the log back into the file: not on an I/O thread.
  follower_ = nullptr;
  auto close = [this] {
    calls_.reset();
    store_.reset();
  };
  auto closing = compute_.run(std::move(close));
  co_await std::move(closing);
}

Task<void> MetadataService::Parts::stop(Deadline deadline) {
  stopping_ = true;
  catalogue_.revisions().close();
  server_->stop(deadline);
  auto served = serving_.join();
  co_await std::move(served);
  // On a busy machine a merge, which is done at low priority, takes longer than a stop may.
  catalogue_.give_up_merging();
  background_.cancel();
  auto ended = background_.join();
  co_await std::move(ended);
  auto closing = close_store();
  co_await std::move(closing);
}

std::vector<kit::Check> MetadataService::Parts::checks() const {
  const bool serving = !stopping_;
  std::vector<kit::Check> checks = {
      {"serving", serving, serving ? "ok" : "metadata is stopping"},
      {"catalogue", catalogue_.phase() == Phase::kReady, catalogue_.describe_phase()},
      {"background", !has_started_ || background_.is_well(), has_started_ ? background_.describe() : "ok"},
      // Without its database it still answers every read: it stays ready, and says so.
      {"store", true, describe_store()}};
  // Nor is Redis needed for any answer.
  if (redis_) checks.push_back({"redis", true, redis_->describe()});
  return checks;
}

std::string MetadataService::Parts::describe_store() const {
  const Follower* follower = follower_;
  return follower != nullptr ? follower->describe() : "ok";
}

MetadataService::MetadataService(Settings settings, const kit::Environment& environment)
    : parts_(std::make_unique<Parts>(std::move(settings), environment)) {}
MetadataService::~MetadataService() = default;

Task<Result<void>> MetadataService::start() {
  return parts_->start();
}
std::vector<kit::Check> MetadataService::checks() const {
  return parts_->checks();
}
Task<void> MetadataService::stop(Deadline deadline) {
  return parts_->stop(deadline);
}
std::string MetadataService::base_url() const {
  return parts_->base_url();
}

}  // namespace filmoteka::metadata
