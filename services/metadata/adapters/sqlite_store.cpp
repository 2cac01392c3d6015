#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/sql/database.hpp>
#include <filmoteka/sql/migrations.hpp>

#include <metadata/adapters/migrations.hpp>
#include <metadata/adapters/sqlite_rows.hpp>
#include <metadata/adapters/sqlite_store.hpp>
#include <metadata/adapters/upsert_batch.hpp>

#include <optional>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kReadChunk = 8'192;  ///< films; some ten megabytes

constexpr std::string_view kChanges =
    "SELECT revision, id, 0 FROM movies WHERE revision > ?1 AND revision <= ?2"
    " UNION ALL SELECT revision, id, 1 FROM deleted_movies WHERE revision > ?1 AND revision <= ?2"
    " ORDER BY revision LIMIT ?3";

/// A connection whose transaction shows one state. Used on the reading thread only, destructor included.
class Cursor {
 public:
  static Result<std::unique_ptr<Cursor>> open(const std::filesystem::path& file) {
    FILMOTEKA_TRY(sql::Database database, sql::Database::open(file, {.read_only = true}));
    auto cursor = std::make_unique<Cursor>(std::move(database));
    FILMOTEKA_CHECK(cursor->begin());
    return cursor;
  }
  explicit Cursor(sql::Database database) : database_(std::move(database)) {}

  Result<std::vector<domain::Movie>> next() {
    std::vector<domain::Movie> movies;
    if (!rows_) {
      FILMOTEKA_TRY(rows_,
                    database_.prepare("SELECT " + std::string(kMovieColumns) + " FROM movies ORDER BY id"));
    }
    while (!ended_ && movies.size() < kReadChunk) {
      FILMOTEKA_TRY(const bool more, rows_->step());
      ended_ = !more;
      if (ended_) break;
      FILMOTEKA_TRY(domain::Movie movie, read_movie(*rows_));
      movies.push_back(std::move(movie));
    }
    return movies;
  }

  domain::Revision revision = 0;
  std::uint64_t films = 0;

 private:
  Result<void> begin() {
    FILMOTEKA_TRY(sql::Transaction transaction, sql::Transaction::read(database_));
    transaction_.emplace(std::move(transaction));
    FILMOTEKA_TRY(sql::Statement state,
                  database_.prepare("SELECT revision, (SELECT count(*) FROM movies) FROM catalogue"));
    FILMOTEKA_CHECK(state.step());
    revision = state.get<domain::Revision>(0);
    films = state.get<std::uint64_t>(1);
    return {};
  }

  sql::Database database_;
  std::optional<sql::Transaction> transaction_;
  std::optional<sql::Statement> rows_;  // ends before its transaction
  bool ended_ = false;
};

class SqliteReader final : public MovieReader {
 public:
  SqliteReader(BlockingPool& pool, std::unique_ptr<Cursor> cursor)
      : pool_(pool), cursor_(std::move(cursor)), revision_(cursor_->revision), films_(cursor_->films) {}

  domain::Revision revision() const override { return revision_; }
  std::uint64_t films() const override { return films_; }
  Task<Result<std::vector<domain::Movie>>> next() override {
    auto read = [this] {
      return cursor_->next();
    };
    auto running = pool_.run(std::move(read));
    co_return co_await std::move(running);
  }

 private:
  BlockingPool& pool_;
  std::unique_ptr<Cursor> cursor_;
  domain::Revision revision_;
  std::uint64_t films_;
};

class SqliteStore final : public Store {
 public:
  SqliteStore(std::filesystem::path file, sql::Database writing, sql::Database reading, const Clock& clock,
              telemetry::Metrics& metrics, CommitListener listener)
      : file_(std::move(file)),
        writing_(std::move(writing)),
        reading_(std::move(reading)),
        clock_(clock),
        commit_seconds_(metrics.histogram("filmoteka_metadata_store_commit_seconds",
                                          "Time of a batch's transaction, from its begin to durable.",
                                          telemetry::latency_buckets())),
        listener_(std::move(listener)),
        writer_("metadata-write", 1),
        reader_("metadata-read", 1) {}

  Task<Result<std::vector<UpsertOutcome>>> upsert(std::span<const domain::MovieFacts> movies) override {
    auto write = [this, movies] {
      return upsert_now(movies);
    };
    auto running = writer_.run(std::move(write));
    co_return co_await std::move(running);
  }

  Task<Result<std::unique_ptr<MovieReader>>> read_all() override {
    auto open = [this] {
      return Cursor::open(file_);
    };
    auto running = reader_.run(std::move(open));
    FILMOTEKA_CO_TRY(std::unique_ptr<Cursor> cursor, co_await std::move(running));
    co_return std::unique_ptr<MovieReader>(std::make_unique<SqliteReader>(reader_, std::move(cursor)));
  }

  Task<Result<std::vector<FeedEntry>>> changes(FeedQuery query) override {
    auto read = [this, query] {
      return changes_now(query);
    };
    auto running = reader_.run(std::move(read));
    co_return co_await std::move(running);
  }

 private:
  Result<std::vector<UpsertOutcome>> upsert_now(std::span<const domain::MovieFacts> movies) {
    const SteadyTime start = clock_.steady_now();
    FILMOTEKA_TRY(UpsertedBatch batch, upsert_batch(writing_, movies, clock_.now()));
    commit_seconds_.observe(std::chrono::duration<double>(clock_.steady_now() - start).count());
    if (!batch.changes.empty()) listener_(batch.changes);
    return std::move(batch.outcomes);
  }

  Result<std::vector<FeedEntry>> changes_now(FeedQuery query) {
    std::vector<FeedEntry> entries;
    FILMOTEKA_TRY(sql::Statement rows, reading_.prepare(kChanges));
    rows.bind(query.after, query.up_to, static_cast<std::int64_t>(query.limit));
    for (;;) {
      FILMOTEKA_TRY(const bool more, rows.step());
      if (!more) return entries;
      entries.push_back({rows.get<domain::Revision>(0), rows.get<domain::MovieId>(1), rows.get<bool>(2)});
    }
  }

  const std::filesystem::path file_;
  sql::Database writing_;  // the writer's thread only
  sql::Database reading_;  // the reader's thread only
  const Clock& clock_;
  telemetry::Histogram& commit_seconds_;
  CommitListener listener_;
  BlockingPool writer_;  // last: their jobs end before what they use goes
  BlockingPool reader_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& file, const Clock& clock,
                                                 telemetry::Metrics& metrics,
                                                 Store::CommitListener listener) {
  FILMOTEKA_TRY(sql::Database writing, sql::Database::open(file));
  FILMOTEKA_CHECK(sql::migrate(writing, sqlite_migrations(), clock));
  FILMOTEKA_TRY(sql::Database reading, sql::Database::open(file, {.read_only = true}));
  return std::unique_ptr<Store>(std::make_unique<SqliteStore>(file, std::move(writing), std::move(reading),
                                                              clock, metrics, std::move(listener)));
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
