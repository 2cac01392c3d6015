#include <filmoteka/async/event.hpp>
#include <filmoteka/async/post.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/async/with_deadline.hpp>
#include <filmoteka/domain/same_film.hpp>
#include <filmoteka/sql/postgres/listener.hpp>
#include <filmoteka/sql/postgres/migrations.hpp>

#include <metadata/adapters/migrations.hpp>
#include <metadata/adapters/postgres_calls.hpp>
#include <metadata/adapters/postgres_movie_store.hpp>
#include <metadata/adapters/postgres_rows.hpp>

#include <future>
#include <list>
#include <thread>
#include <utility>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

constexpr std::string_view kSchema = "metadata";

pg::PoolSettings pool_settings(const PostgresStoreSettings& settings) {
  pg::PoolSettings pool;
  pool.connect.url = settings.url;
  pool.connect.schema = kSchema;
  pool.connect.application_name = "filmoteka-metadata";
  pool.max_connections = settings.connections;
  return pool;
}

/// The thread on which the store's connections live.
class StoreThread {
 public:
  explicit StoreThread(const pg::PoolSettings& settings)
      : runtime_(1),
        pool(runtime_.executor(0), settings),
        stop_(runtime_.executor(0)),
        listener_(settings.connect, "filmoteka_metadata", callbacks()),
        thread_([this] { runtime_.run(main()); }) {
    started_.get_future().wait();
  }
  ~StoreThread() {
    post_to(executor(), [this] { stop_.set(); });
    thread_.join();
  }
  StoreThread(const StoreThread&) = delete;
  StoreThread& operator=(const StoreThread&) = delete;

  Executor executor() const { return runtime_.executor(0); }

  /// Runs on this thread; blocks the caller, who is on another one.
  template <class T>
  T wait_for(Task<T> task) {
    std::promise<T> promise;
    post_to(executor(), [&] { group_->spawn(keep(std::move(task), promise)); });
    return promise.get_future().get();
  }

  /// On this thread. Returns at once when there was news since the last call.
  Task<void> wait_for_news(Deadline deadline) {
    if (!std::exchange(has_news_, false)) {
      const auto place = waiting_.emplace(waiting_.end(), executor());
      const Leave leave{waiting_, place};
      auto waiting = with_deadline(woken(*place), deadline, "Waiting for news");
      co_await std::move(waiting);
      has_news_ = false;
    }
  }

 private:
  struct Leave {
    ~Leave() { all.erase(place); }
    std::list<Event>& all;
    std::list<Event>::iterator place;
  };
  static Task<Result<void>> woken(Event& event) {
    co_await event.wait();
    co_return Result<void>();
  }
  template <class T>
  static Task<void> keep(Task<T> task, std::promise<T>& promise) {
    try {
      promise.set_value(co_await std::move(task));
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  }

  pg::ListenerCallbacks callbacks() {
    const auto tell = [this] {
      has_news_ = true;
      for (Event& event : waiting_) event.set();
    };
    return {tell, [tell](std::string_view) { tell(); }, {}};
  }

  Task<void> main() {
    TaskGroup group(executor());
    group_ = &group;
    group.spawn(listener_.run());
    started_.set_value();
    co_await stop_.wait();
    group.cancel();
    co_await group.join();
  }

  Runtime runtime_;

 public:
  pg::Pool pool;  ///< on this thread only

 private:
  Event stop_;
  pg::Listener listener_;
  std::list<Event> waiting_;
  bool has_news_ = false;
  TaskGroup* group_ = nullptr;
  std::promise<void> started_;
  std::thread thread_;  // last: it uses the rest
};

/// Makes the match keys of all films anew when the program has another algorithm than who wrote them.
Task<Result<void>> renew_match_keys(pg::Connection& connection, Deadline deadline) {
  pg::Transaction transaction(connection);
  pg::Batch lock;
  lock.add("SELECT match_version FROM catalogue FOR UPDATE");
  auto locking = transaction.run(std::move(lock), deadline);
  FILMOTEKA_CO_TRY(std::vector<pg::Rows> rows, co_await std::move(locking));
  if (rows[0].get<std::int64_t>(0, 0) == domain::kMatchKeysVersion) {
    co_await transaction.rollback(deadline);
    co_return Result<void>();
  }
  pg::Batch statements;
  statements.add("DELETE FROM match_keys");
  for (domain::MovieId last = 0;;) {
    statements.add("SELECT " FILMOTEKA_POSTGRES_MOVIE_COLUMNS
                   " FROM (SELECT * FROM movies WHERE id > $1 ORDER BY id LIMIT 4096) m"
                   " LEFT JOIN local_views v ON v.movie_id = m.id ORDER BY m.id",
                   last);
    auto reading = transaction.run(std::exchange(statements, pg::Batch()), deadline);
    FILMOTEKA_CO_TRY(rows, co_await std::move(reading));
    FILMOTEKA_CO_TRY(const std::vector<domain::Movie> movies, read_postgres_movies(rows.back()));
    if (movies.empty()) break;
    last = movies.back().id;
    std::vector<std::int64_t> keys;
    std::vector<std::int64_t> owners;
    for (const domain::Movie& movie : movies) {
      for (const std::int64_t key : match_keys_of(movie)) {
        keys.push_back(key);
        owners.push_back(movie.id);
      }
    }
    statements.add("INSERT INTO match_keys SELECT * FROM unnest($1, $2)", keys, owners);
  }
  statements.add("UPDATE catalogue SET match_version = $1", domain::kMatchKeysVersion);
  auto committing = transaction.commit(std::move(statements), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(committing));
  co_return Result<void>();
}

/// Returns the secret. Waits for a database that starts at the same time.
Task<Result<std::string>> prepare(pg::Pool& pool, Deadline deadline, std::chrono::milliseconds patience,
                                  const Clock& clock) {
  auto acquiring = pool.acquire(deadline, patience);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  auto migrating = pg::migrate(*lease, kSchema, postgres_migrations(), deadline, clock);
  FILMOTEKA_CO_CHECK(co_await std::move(migrating));
  auto renewing = renew_match_keys(*lease, deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(renewing));
  auto asking = lease->query(deadline, "SELECT secret FROM catalogue");
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  co_return rows.get<std::string>(0, 0);
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

class PostgresMovieStore final : public MovieStore {
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

Task<Result<std::vector<std::string>>> ask_pending(pg::Pool& pool, Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  auto asking = pg::pending_migrations(*lease, postgres_migrations(), deadline);
  co_return co_await std::move(asking);
}

}  // namespace

Result<std::unique_ptr<MovieStore>> open_postgres_movie_store(const PostgresStoreSettings& settings,
                                                              const Clock& clock,
                                                              telemetry::Metrics& metrics) {
  auto thread = std::make_unique<StoreThread>(pool_settings(settings));
  const Deadline deadline = Deadline::after(settings.migration_deadline);
  FILMOTEKA_TRY(std::string secret,
                thread->wait_for(prepare(thread->pool, deadline, settings.start_patience, clock)));
  return std::unique_ptr<MovieStore>(std::make_unique<PostgresMovieStore>(
      std::move(thread), std::move(secret), settings.deadline, clock, metrics));
}

Result<std::vector<std::string>> pending_postgres_migrations(const PostgresStoreSettings& settings) {
  StoreThread thread(pool_settings(settings));
  return thread.wait_for(ask_pending(thread.pool, Deadline::after(settings.deadline)));
}

}  // namespace filmoteka::metadata
