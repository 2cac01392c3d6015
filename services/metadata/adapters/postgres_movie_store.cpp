#include <metadata/adapters/postgres_calls.hpp>
#include <metadata/adapters/postgres_movie_store.hpp>
#include <metadata/adapters/postgres_prepare.hpp>
#include <metadata/adapters/postgres_thread.hpp>
#include <metadata/core/copy/may_copy.hpp>

#include <utility>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

pg::PoolSettings pool_settings(const PostgresStoreSettings& settings) {
  pg::PoolSettings pool;
  pool.connect.url = settings.url;
  pool.connect.schema = kPostgresSchema;
  pool.connect.application_name = "filmoteka-metadata";
  pool.max_connections = settings.connections;
  return pool;
}

class PostgresReader final : public FilmReader {
 public:
  PostgresReader(Executor executor, std::unique_ptr<PostgresSnapshot> snapshot,
                 std::chrono::milliseconds limit)
      : executor_(executor),
        revision_(snapshot->revision),
        views_version_(snapshot->views_version),
        films_(snapshot->films),
        snapshot_(std::move(snapshot)),
        limit_(limit) {}
  ~PostgresReader() override {
    post_to(executor_, [snapshot = std::move(snapshot_)]() mutable { snapshot.reset(); });
  }
  domain::Revision revision() const override { return revision_; }
  std::int64_t views_version() const override { return views_version_; }
  std::uint64_t films() const override { return films_; }
  Task<Result<std::vector<domain::Movie>>> next() override {
    auto there = run_on(executor_, snapshot_->next(Deadline::after(limit_)));
    co_return co_await std::move(there);
  }

 private:
  Executor executor_;
  domain::Revision revision_;
  std::int64_t views_version_;
  std::uint64_t films_;
  std::unique_ptr<PostgresSnapshot> snapshot_;
  std::chrono::milliseconds limit_;
};

class PostgresMovieStore final : public CopyableStore {
 public:
  PostgresMovieStore(std::unique_ptr<StoreThread> thread, std::string secret, std::chrono::milliseconds limit,
                     const Clock& clock, telemetry::Metrics& metrics)
      : thread_(std::move(thread)),
        secret_(std::move(secret)),
        limit_(limit),
        clock_(clock),
        commit_seconds_(metrics.histogram("filmoteka_metadata_store_commit_seconds",
                                          "Time of a batch's transaction, from its begin to durable.",
                                          telemetry::latency_buckets())) {}

  Task<Result<Commit>> write(const Write& write) override {
    const SteadyTime start = clock_.steady_now();
    auto there = there_and_back(write_in_postgres(pool(), write, clock_.now(), deadline()));
    Result<Commit> commit = co_await std::move(there);
    commit_seconds_.observe(std::chrono::duration<double>(clock_.steady_now() - start).count());
    co_return commit;
  }
  Task<Result<ViewNews>> add_views(std::span<const FilmViews> more) override {
    return there_and_back(add_views_in_postgres(pool(), more, deadline()));
  }
  Task<Result<std::optional<domain::Movie>>> film(domain::MovieId id) override {
    return there_and_back(postgres_film(pool(), id, deadline()));
  }
  Task<Result<std::unique_ptr<FilmReader>>> read_all() override {
    auto there = there_and_back(PostgresSnapshot::open(pool(), deadline()));
    FILMOTEKA_CO_TRY(std::unique_ptr<PostgresSnapshot> snapshot, co_await std::move(there));
    co_return std::unique_ptr<FilmReader>(
        std::make_unique<PostgresReader>(thread_->executor(), std::move(snapshot), limit_));
  }
  Task<Result<std::vector<FeedEntry>>> changes(FeedQuery query) override {
    return there_and_back(postgres_changes(pool(), query, deadline()));
  }
  Task<Result<News>> news(domain::Revision after, std::size_t limit) override {
    return there_and_back(postgres_news(pool(), after, limit, deadline()));
  }
  Task<Result<ViewNews>> view_news(std::int64_t after) override {
    return there_and_back(postgres_view_news(pool(), after, deadline()));
  }
  Task<void> wait_for_news(Deadline until) override { return there_and_back(thread_->wait_for_news(until)); }
  Task<Result<std::vector<Review>>> reviews(std::size_t limit) override {
    return there_and_back(postgres_reviews(pool(), limit, deadline()));
  }
  const std::string& secret() const override { return secret_; }

  Task<Result<CopyMark>> copy_mark() override {
    return there_and_back(postgres_copy_mark(pool(), deadline()));
  }
  Task<Result<Surroundings>> surroundings() override {
    return there_and_back(postgres_surroundings(pool(), deadline()));
  }
  Task<Result<void>> begin_copy(const std::string& secret) override {
    return there_and_back(begin_postgres_copy(pool(), secret, deadline()));
  }
  Task<Result<void>> set_views(std::span<const FilmViews> views) override {
    return there_and_back(set_postgres_views(pool(), views, deadline()));
  }
  Task<Result<void>> set_surroundings(const Surroundings& surroundings) override {
    return there_and_back(set_postgres_surroundings(pool(), surroundings, deadline()));
  }
  Task<Result<void>> end_copy(Counters counters) override {
    return there_and_back(end_postgres_copy(pool(), counters, deadline()));
  }

 private:
  pg::Pool& pool() { return thread_->pool; }
  Deadline deadline() const { return Deadline::after(limit_); }
  template <class T>
  Task<T> there_and_back(Task<T> task) {
    return run_on(thread_->executor(), std::move(task));
  }

  std::unique_ptr<StoreThread> thread_;
  std::string secret_;
  std::chrono::milliseconds limit_;
  const Clock& clock_;
  telemetry::Histogram& commit_seconds_;
};

}  // namespace

Result<std::unique_ptr<MovieStore>> open_postgres_movie_store(const PostgresStoreSettings& settings,
                                                              const Clock& clock,
                                                              telemetry::Metrics& metrics) {
  auto thread = std::make_unique<StoreThread>(pool_settings(settings));
  const Deadline deadline = Deadline::after(settings.migration_deadline);
  FILMOTEKA_TRY(std::string secret,
                thread->wait_for(prepare_postgres(thread->pool, deadline, settings.start_patience, clock)));
  return std::unique_ptr<MovieStore>(std::make_unique<PostgresMovieStore>(
      std::move(thread), std::move(secret), settings.deadline, clock, metrics));
}

Result<std::vector<std::string>> pending_postgres_migrations(const PostgresStoreSettings& settings) {
  StoreThread thread(pool_settings(settings));
  return thread.wait_for(pending_in_postgres(thread.pool, Deadline::after(settings.deadline)));
}

}  // namespace filmoteka::metadata
