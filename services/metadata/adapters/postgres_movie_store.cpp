#include <filmoteka/async/blocking_pool.hpp>

#include <metadata/adapters/postgres_calls.hpp>
#include <metadata/adapters/postgres_film_reader.hpp>
#include <metadata/adapters/postgres_movie_store.hpp>
#include <metadata/adapters/postgres_prepare.hpp>
#include <metadata/adapters/postgres_thread.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <utility>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

constexpr std::size_t kParsers = 2;  ///< threads on which rows become films

class PostgresMovieStore final : public CopyableStore {
 public:
  PostgresMovieStore(std::unique_ptr<StoreThread> thread, std::string secret,
                     const PostgresStoreSettings& settings, const Clock& clock, telemetry::Metrics& metrics)
      : thread_(std::move(thread)),
        secret_(std::move(secret)),
        limit_(settings.deadline),
        write_limit_(std::min(settings.deadline, settings.write_deadline)),
        feed_limit_(std::min(settings.deadline, settings.feed_deadline)),
        max_parts_(std::max<std::size_t>(settings.connections, 2) - 1),
        clock_(clock),
        commit_seconds_(metrics.histogram("filmoteka_metadata_store_commit_seconds",
                                          "Time of a write's transaction, from its begin to durable.",
                                          telemetry::latency_buckets())) {}

  Task<Result<Commit>> write(const Write& write) override { return write_within(write, Deadline::never()); }
  Task<Result<Commit>> write_within(const Write& write, Deadline until) override {
    const SteadyTime start = clock_.steady_now();
    auto there =
        there_and_back(write_in_postgres(work(), write, clock_.now(), earliest(until, write_deadline())));
    Result<Commit> commit = co_await std::move(there);
    commit_seconds_.observe(std::chrono::duration<double>(clock_.steady_now() - start).count());
    co_return commit;
  }
  Task<Result<ViewNews>> add_views(std::span<const FilmViews> more) override {
    return there_and_back(add_views_in_postgres(work(), more, write_deadline()));
  }
  Task<Result<std::optional<domain::Movie>>> film(domain::MovieId id) override {
    return there_and_back(postgres_film(work(), id, deadline()));
  }
  Task<Result<std::unique_ptr<FilmReader>>> read_all() override {
    auto opening = read_parts(1);
    FILMOTEKA_CO_TRY(FilmReaders readers, co_await std::move(opening));
    co_return std::move(readers.front());
  }
  Task<Result<FilmReaders>> read_parts(std::size_t parts) override {
    return open_postgres_readers({thread_->executor(), thread_->bulk, parser_, limit_},
                                 std::min(parts, max_parts_));
  }
  Task<Result<StoreExport>> read_export() override {
    return open_postgres_export({thread_->executor(), thread_->bulk, parser_, limit_});
  }
  Task<Result<std::vector<FeedEntry>>> changes(FeedQuery query) override {
    return there_and_back(postgres_changes(feed(), query, deadline()));
  }
  Task<Result<News>> news(domain::Revision after, std::size_t limit) override {
    return there_and_back(postgres_news(feed(), after, limit, feed_deadline()));
  }
  Task<Result<ViewNews>> view_news(std::int64_t after) override {
    return there_and_back(postgres_view_news(feed(), after, feed_deadline()));
  }
  Task<void> wait_for_news(Deadline until) override { return there_and_back(thread_->wait_for_news(until)); }
  Task<Result<std::vector<Review>>> reviews(ReviewQuery query) override {
    return there_and_back(postgres_reviews(work(), query, deadline()));
  }
  const std::string& secret() const override { return secret_; }

  Task<Result<CopyMark>> copy_mark() override {
    return there_and_back(postgres_copy_mark(thread_->bulk, deadline()));
  }
  Task<Result<Surroundings>> surroundings() override {
    return there_and_back(postgres_surroundings(thread_->bulk, deadline()));
  }
  Task<Result<void>> begin_copy(const std::string& secret) override {
    return there_and_back(begin_postgres_copy(thread_->bulk, secret, deadline()));
  }
  Task<Result<void>> set_views(std::span<const FilmViews> views) override {
    return there_and_back(set_postgres_views(thread_->bulk, views, deadline()));
  }
  Task<Result<void>> set_surroundings(const Surroundings& surroundings) override {
    return there_and_back(set_postgres_surroundings(thread_->bulk, surroundings, limit_));
  }
  Task<Result<void>> end_copy(Counters counters) override {
    return there_and_back(end_postgres_copy(thread_->bulk, counters, deadline()));
  }

 private:
  pg::Pool& work() { return thread_->work; }
  pg::Pool& feed() { return thread_->feed; }
  Deadline deadline() const { return Deadline::after(limit_); }
  Deadline feed_deadline() const { return Deadline::after(feed_limit_); }
  Deadline write_deadline() const { return Deadline::after(write_limit_); }
  template <class T>
  Task<T> there_and_back(Task<T> task) {
    return run_on(thread_->executor(), std::move(task));
  }

  std::unique_ptr<StoreThread> thread_;
  std::string secret_;
  std::chrono::milliseconds limit_;
  std::chrono::milliseconds write_limit_;
  std::chrono::milliseconds feed_limit_;
  std::size_t max_parts_;  ///< a connection is left for others
  const Clock& clock_;
  telemetry::Histogram& commit_seconds_;
  std::shared_ptr<BlockingPool> parser_ = std::make_shared<BlockingPool>("metadata-parse", kParsers);
};

void export_pool_figures(const std::string& name, const pg::Pool& of, telemetry::Metrics& metrics) {
  const std::shared_ptr<const pg::PoolFigures> pool = of.shared_figures();
  const telemetry::Labels labels{{"pool", name}};
  const auto gauge = [&](const char* state, const std::atomic<std::size_t> pg::PoolFigures::*figure) {
    metrics.gauge_callback("filmoteka_metadata_store_connections", "Connections to the database, by state.",
                           [pool, figure] { return static_cast<double>((*pool.*figure).load()); },
                           {{"pool", name}, {"state", state}});
  };
  gauge("in_use", &pg::PoolFigures::in_use);
  gauge("idle", &pg::PoolFigures::idle);
  metrics.gauge_callback(
      "filmoteka_metadata_store_waiting", "Callers that wait for a connection.",
      [pool] { return static_cast<double>(pool->waiting.load()); }, labels);
  metrics.counter_callback(
      "filmoteka_metadata_store_connects_total", "Connections that were made.",
      [pool] { return static_cast<double>(pool->connects.load()); }, labels);
  metrics.counter_callback(
      "filmoteka_metadata_store_connect_failures_total", "Connections that failed.",
      [pool] { return static_cast<double>(pool->connect_failures.load()); }, labels);
}

void export_figures(const StoreThread& thread, telemetry::Metrics& metrics) {
  export_pool_figures("work", thread.work, metrics);
  export_pool_figures("feed", thread.feed, metrics);
  export_pool_figures("bulk", thread.bulk, metrics);
  metrics.gauge_callback("filmoteka_metadata_store_listening",
                         "1: changes of other services wake this one. 0: it finds them by looking.",
                         [listening = thread.listening()] { return *listening ? 1.0 : 0.0; });
}

/// Opens it with what `prepare` says of the pool: the secret.
template <class Prepare>
Result<std::unique_ptr<CopyableStore>> open_store(const StoreConnections& connections,
                                                  const PostgresStoreSettings& settings, const Clock& clock,
                                                  telemetry::Metrics& metrics, Prepare prepare) {
  auto thread = std::make_unique<StoreThread>(connections, settings.log);
  export_figures(*thread, metrics);
  const Deadline deadline = Deadline::after(settings.migration_deadline);
  FILMOTEKA_TRY(std::string secret, thread->wait_for(prepare(thread->bulk, deadline)));
  return std::unique_ptr<CopyableStore>(
      std::make_unique<PostgresMovieStore>(std::move(thread), std::move(secret), settings, clock, metrics));
}

}  // namespace

Result<std::unique_ptr<MovieStore>> open_postgres_movie_store(const PostgresStoreSettings& settings,
                                                              const Clock& clock,
                                                              telemetry::Metrics& metrics) {
  const auto prepare = [&](pg::Pool& pool, Deadline deadline) {
    return prepare_postgres(pool, deadline, settings.start_patience, clock);
  };
  return open_store(connections_of(settings, kPostgresApplication), settings, clock, metrics, prepare);
}

Result<std::unique_ptr<CopyableStore>> open_postgres_to_copy(const PostgresStoreSettings& settings,
                                                             CopyRole role, const Clock& clock,
                                                             telemetry::Metrics& metrics) {
  PostgresStoreSettings patient = settings;
  // Nobody waits for an answer.
  patient.write_deadline = settings.deadline;
  patient.feed_deadline = settings.deadline;
  const auto prepare = [&](pg::Pool& pool, Deadline deadline) {
    return role == CopyRole::kSource ? prepare_postgres_source(pool, deadline)
                                     : prepare_postgres_target(pool, deadline, clock);
  };
  const std::string application =
      role == CopyRole::kSource ? "filmoteka-copy-source"
                                : std::string(kPostgresCopyTarget) + std::to_string(std::random_device{}());
  return open_store(connections_of(patient, application), patient, clock, metrics, prepare);
}

Result<std::vector<std::string>> migrate_postgres(const PostgresStoreSettings& settings, const Clock& clock) {
  StoreThread thread(connections_of(settings, kPostgresApplication), settings.log);
  return thread.wait_for(migrate_postgres(thread.bulk, Deadline::after(settings.migration_deadline),
                                          settings.start_patience, clock));
}

Result<std::vector<std::string>> pending_postgres_migrations(const PostgresStoreSettings& settings) {
  StoreThread thread(connections_of(settings, kPostgresApplication), settings.log);
  return thread.wait_for(pending_in_postgres(thread.bulk, Deadline::after(settings.deadline)));
}

}  // namespace filmoteka::metadata
