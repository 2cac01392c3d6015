#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/event.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/sql/migrations.hpp>

#include <metadata/adapters/migrations.hpp>
#include <metadata/adapters/sqlite_feed.hpp>
#include <metadata/adapters/sqlite_film_reader.hpp>
#include <metadata/adapters/sqlite_match_keys.hpp>
#include <metadata/adapters/sqlite_movie_store.hpp>
#include <metadata/adapters/sqlite_views.hpp>
#include <metadata/adapters/sqlite_write.hpp>

#include <type_traits>
#include <utility>

namespace filmoteka::metadata {
namespace {

class SqliteMovieStore final : public MovieStore {
 public:
  SqliteMovieStore(std::filesystem::path file, sql::Database writing, sql::Database reading,
                   std::string secret, const Clock& clock, telemetry::Metrics& metrics)
      : file_(std::move(file)),
        writing_(std::move(writing)),
        reading_(std::move(reading)),
        secret_(std::move(secret)),
        clock_(clock),
        commit_seconds_(metrics.histogram("filmoteka_metadata_store_commit_seconds",
                                          "Time of a write's transaction, from its begin to durable.",
                                          telemetry::latency_buckets())),
        writer_("metadata-write", 1),
        reader_("metadata-read", 1) {}

  Task<Result<Commit>> write(const Write& write) override {
    auto job = [this, &write] {
      return timed([&] { return write_to_sqlite(writing_, write, clock_.now()); });
    };
    auto running = writer_.run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<Result<ViewNews>> add_views(std::span<const FilmViews> more) override {
    auto job = [this, more] {
      return timed([&] { return add_views_to_sqlite(writing_, more); });
    };
    auto running = writer_.run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<Result<std::optional<domain::Movie>>> film(domain::MovieId id) override {
    auto job = [this, id] {
      return film_of_sqlite(reading_, id);
    };
    auto running = reader_.run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<Result<std::unique_ptr<FilmReader>>> read_all() override {
    return open_sqlite_film_reader(reader_, file_);
  }

  Task<Result<std::vector<FeedEntry>>> changes(FeedQuery query) override {
    auto job = [this, query] {
      return changes_of_sqlite(reading_, query);
    };
    auto running = reader_.run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<Result<News>> news(domain::Revision after, std::size_t limit) override {
    auto job = [this, after, limit] {
      return news_of_sqlite(reading_, after, limit);
    };
    auto running = reader_.run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<Result<ViewNews>> view_news(std::int64_t after_version) override {
    auto job = [this, after_version] {
      return view_news_of_sqlite(reading_, after_version);
    };
    auto running = reader_.run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<Result<std::vector<Review>>> reviews(std::size_t limit) override {
    auto job = [this, limit] {
      return reviews_of_sqlite(reading_, limit);
    };
    auto running = reader_.run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<void> wait_for_news(Deadline deadline) override {
    auto waiting = sleep_until(deadline.time());
    co_await std::move(waiting);
  }

  const std::string& secret() const override { return secret_; }

 private:
  template <class Job>
  std::invoke_result_t<Job&> timed(Job job) {
    const SteadyTime start = clock_.steady_now();
    std::invoke_result_t<Job&> result = job();
    commit_seconds_.observe(std::chrono::duration<double>(clock_.steady_now() - start).count());
    return result;
  }

  const std::filesystem::path file_;
  sql::Database writing_;  // the writer's thread only
  sql::Database reading_;  // the reader's thread only
  const std::string secret_;
  const Clock& clock_;
  telemetry::Histogram& commit_seconds_;
  BlockingPool writer_;  // last: their jobs end before what they use goes
  BlockingPool reader_;
};

Result<std::string> read_secret(sql::Database& database) {
  FILMOTEKA_TRY(sql::Statement select,
                database.prepare("SELECT secret FROM catalogue WHERE length(secret) = 32"));
  FILMOTEKA_TRY(const bool found, select.step());
  if (!found) return corrupt("The catalogue's database is damaged.", "the secret is not of 32 bytes");
  return select.get<std::string>(0);
}

}  // namespace

Result<std::unique_ptr<MovieStore>> open_sqlite_movie_store(const std::filesystem::path& file,
                                                            const Clock& clock, telemetry::Metrics& metrics) {
  FILMOTEKA_TRY(sql::Database writing, sql::Database::open(file));
  FILMOTEKA_CHECK(sql::migrate(writing, sqlite_migrations(), clock));
  FILMOTEKA_CHECK(renew_match_keys(writing));
  FILMOTEKA_TRY(std::string secret, read_secret(writing));
  FILMOTEKA_TRY(sql::Database reading, sql::Database::open(file, {.read_only = true}));
  return std::unique_ptr<MovieStore>(std::make_unique<SqliteMovieStore>(
      file, std::move(writing), std::move(reading), std::move(secret), clock, metrics));
}

Result<std::vector<std::string>> pending_sqlite_migrations(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    std::vector<std::string> all;
    for (const sql::Migration& migration : sqlite_migrations()) all.emplace_back(migration.name);
    return all;
  }
  FILMOTEKA_TRY(sql::Database database, sql::Database::open(file, {.read_only = true}));
  return sql::pending_migrations(database, sqlite_migrations());
}

}  // namespace filmoteka::metadata
