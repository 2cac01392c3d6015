#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/event.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/sql/migrations.hpp>

#include <metadata/adapters/migrations.hpp>
#include <metadata/adapters/sqlite_copy.hpp>
#include <metadata/adapters/sqlite_feed.hpp>
#include <metadata/adapters/sqlite_film_reader.hpp>
#include <metadata/adapters/sqlite_match_keys.hpp>
#include <metadata/adapters/sqlite_movie_store.hpp>
#include <metadata/adapters/sqlite_views.hpp>
#include <metadata/adapters/sqlite_write.hpp>
#include <metadata/core/copy/may_copy.hpp>

#include <type_traits>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kSecretBytes = 32;

class SqliteMovieStore final : public CopyableStore {
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
        reader_(std::make_shared<BlockingPool>("metadata-read", 1)) {}

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
    auto running = reader_->run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<Result<std::unique_ptr<FilmReader>>> read_all() override {
    auto job = [this] {
      return open_sqlite_film_reader(reader_, file_);
    };
    auto opening = reader_->run(std::move(job));
    FILMOTEKA_CO_TRY(FilmReaders readers, co_await std::move(opening));
    co_return std::move(readers.front());
  }

  Task<Result<StoreExport>> read_export() override {
    auto job = [this] {
      return open_sqlite_export(reader_, file_);
    };
    auto opening = reader_->run(std::move(job));
    co_return co_await std::move(opening);
  }

  Task<Result<FilmReaders>> read_parts(std::size_t parts) override {
    if (parts <= 1) return MovieStore::read_parts(parts);
    return writer_.run([this, parts] { return open_sqlite_film_readers(writing_, file_, parts); });
  }

  Task<Result<std::vector<FeedEntry>>> changes(FeedQuery query) override {
    auto job = [this, query] {
      return changes_of_sqlite(reading_, query);
    };
    auto running = reader_->run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<Result<News>> news(domain::Revision after, std::size_t limit) override {
    auto job = [this, after, limit] {
      return news_of_sqlite(reading_, after, limit);
    };
    auto running = reader_->run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<Result<ViewNews>> view_news(std::int64_t after_version) override {
    auto job = [this, after_version] {
      return view_news_of_sqlite(reading_, after_version);
    };
    auto running = reader_->run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<Result<std::vector<Review>>> reviews(ReviewQuery query) override {
    auto job = [this, query] {
      return reviews_of_sqlite(reading_, query);
    };
    auto running = reader_->run(std::move(job));
    co_return co_await std::move(running);
  }

  Task<void> wait_for_news(Deadline deadline) override {
    auto waiting = sleep_until(deadline.time());
    co_await std::move(waiting);
  }

  const std::string& secret() const override { return secret_; }

  Task<Result<CopyMark>> copy_mark() override {
    return reader_->run([this] { return copy_mark_of_sqlite(reading_); });
  }
  Task<Result<Surroundings>> surroundings() override {
    return reader_->run([this] { return surroundings_of_sqlite(reading_); });
  }
  Task<Result<void>> begin_copy(const std::string& secret) override {
    return writer_.run([this, &secret] { return begin_copy_to_sqlite(writing_, secret); });
  }
  Task<Result<void>> set_views(std::span<const FilmViews> views) override {
    return writer_.run([this, views] { return set_views_in_sqlite(writing_, views); });
  }
  Task<Result<void>> set_surroundings(const Surroundings& surroundings) override {
    return writer_.run([this, &surroundings] { return set_surroundings_in_sqlite(writing_, surroundings); });
  }
  Task<Result<void>> end_copy(Counters counters) override {
    return writer_.run([this, counters] { return end_copy_to_sqlite(writing_, counters); });
  }

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
  std::shared_ptr<BlockingPool> reader_;
};

Result<std::unique_ptr<CopyableStore>> open_store(const std::filesystem::path& file, sql::Database writing,
                                                  CopyMark mark, const Clock& clock,
                                                  telemetry::Metrics& metrics) {
  if (mark.secret.size() != kSecretBytes)
    return corrupt("The catalogue's database is damaged.", "the secret is not of 32 bytes");
  FILMOTEKA_TRY(sql::Database reading, sql::Database::open(file, {.read_only = true}));
  return std::unique_ptr<CopyableStore>(std::make_unique<SqliteMovieStore>(
      file, std::move(writing), std::move(reading), std::move(mark.secret), clock, metrics));
}

Result<sql::Database> open_up_to_date(const std::filesystem::path& file, const Clock& clock) {
  FILMOTEKA_TRY(sql::Database database, sql::Database::open(file));
  FILMOTEKA_CHECK(sql::migrate(database, sqlite_migrations(), clock));
  FILMOTEKA_CHECK(renew_match_keys(database));
  return database;
}

}  // namespace

Result<std::unique_ptr<MovieStore>> open_sqlite_movie_store(const std::filesystem::path& file,
                                                            const Clock& clock, telemetry::Metrics& metrics) {
  FILMOTEKA_TRY(sql::Database writing, open_up_to_date(file, clock));
  FILMOTEKA_TRY(CopyMark mark, copy_mark_of_sqlite(writing));
  FILMOTEKA_CHECK(may_serve(mark));
  return open_store(file, std::move(writing), std::move(mark), clock, metrics);
}

Result<std::unique_ptr<CopyableStore>> open_sqlite_to_copy(const std::filesystem::path& file, CopyRole role,
                                                           const Clock& clock, telemetry::Metrics& metrics) {
  if (role == CopyRole::kSource) {
    FILMOTEKA_TRY(const std::vector<std::string> pending, pending_sqlite_migrations(file));
    FILMOTEKA_CHECK(is_readable_source(pending));
  }
  FILMOTEKA_TRY(sql::Database writing,
                role == CopyRole::kSource ? sql::Database::open(file) : open_up_to_date(file, clock));
  FILMOTEKA_TRY(CopyMark mark, copy_mark_of_sqlite(writing));
  return open_store(file, std::move(writing), std::move(mark), clock, metrics);
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
