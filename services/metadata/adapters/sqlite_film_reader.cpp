#include <filmoteka/sql/database.hpp>

#include <metadata/adapters/id_ranges.hpp>
#include <metadata/adapters/sqlite_film_reader.hpp>
#include <metadata/adapters/sqlite_films.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kReadChunk = 512;  ///< films: what is read is indexed while it is still in the caches
constexpr std::size_t kExportChunk = 1'024;
constexpr std::size_t kMaxThreads = 4;

struct State {
  domain::Revision revision = 0;
  std::int64_t views_version = 0;
  IdRange ids;
  domain::MovieId last_id = 0;
};

/// A connection whose transaction shows one state.
class Cursor {
 public:
  static Result<std::unique_ptr<Cursor>> open(const std::filesystem::path& file) {
    FILMOTEKA_TRY(sql::Database database, sql::Database::open(file, {.read_only = true}));
    auto cursor = std::make_unique<Cursor>(std::move(database));
    FILMOTEKA_CHECK(cursor->begin());
    return cursor;
  }
  explicit Cursor(sql::Database database) : database_(std::move(database)) {}

  const State& state() const { return state_; }
  void read(IdRange range) { range_ = range; }
  sql::Database& database() { return database_; }

  /// The films of each of the ranges, which together are all.
  Result<std::vector<std::uint64_t>> count(const std::vector<IdRange>& ranges) {
    std::vector<std::uint64_t> counts(ranges.size());
    // Answered from an index, which is far smaller than the table; its order is another.
    FILMOTEKA_TRY(sql::Statement ids, database_.prepare("SELECT +id FROM movies"));
    for (;;) {
      FILMOTEKA_TRY(const bool more, ids.step());
      if (!more) return counts;
      const auto id = ids.get<domain::MovieId>(0);
      const auto range = std::partition_point(ranges.begin(), ranges.end(),
                                              [id](const IdRange& one) { return one.last < id; });
      if (range != ranges.end()) ++counts[static_cast<std::size_t>(range - ranges.begin())];
    }
  }

  Result<std::vector<domain::Movie>> next() {
    std::vector<FilmOfRow> films;
    if (!rows_) {
      FILMOTEKA_TRY(rows_, database_.prepare("SELECT " + std::string(kFilmColumns) +
                                             " FROM movies WHERE id BETWEEN ?1 AND ?2 ORDER BY id"));
      rows_->bind(range_.first, range_.last);
    }
    films.reserve(kReadChunk);
    while (!ended_ && films.size() < kReadChunk) {
      FILMOTEKA_TRY(const bool more, rows_->step());
      ended_ = !more;
      if (ended_) break;
      FILMOTEKA_TRY(FilmOfRow film, read_film(*rows_));
      films.push_back(std::move(film));
    }
    return with_records(database_, std::move(films));
  }

 private:
  Result<void> begin() {
    FILMOTEKA_TRY(sql::Transaction transaction, sql::Transaction::read(database_));
    transaction_.emplace(std::move(transaction));
    FILMOTEKA_TRY(
        sql::Statement state,
        database_.prepare("SELECT revision, views_version, (SELECT coalesce(min(id), 1) FROM movies),"
                          " (SELECT coalesce(max(id), 0) FROM movies), last_id FROM catalogue"));
    FILMOTEKA_CHECK(state.step());
    state_ = {state.get<domain::Revision>(0),
              state.get<std::int64_t>(1),
              {state.get<domain::MovieId>(2), state.get<domain::MovieId>(3)},
              state.get<domain::MovieId>(4)};
    return {};
  }

  sql::Database database_;
  std::optional<sql::Transaction> transaction_;
  std::optional<sql::Statement> rows_;  // ends before its transaction
  State state_;
  IdRange range_;
  bool ended_ = false;
};

/// A reader's next films, on its pool.
template <class From>
Task<Result<std::vector<domain::Movie>>> next_of(BlockingPool& pool, From& from) {
  auto read = [&from] {
    return from.next();
  };
  auto running = pool.run(std::move(read));
  co_return co_await std::move(running);
}

class SqliteFilmReader final : public FilmReader {
 public:
  SqliteFilmReader(std::shared_ptr<BlockingPool> pool, std::unique_ptr<Cursor> cursor, std::uint64_t films)
      : pool_(std::move(pool)), cursor_(std::move(cursor)), films_(films) {}

  domain::Revision revision() const override { return cursor_->state().revision; }
  std::int64_t views_version() const override { return cursor_->state().views_version; }
  std::uint64_t films() const override { return films_; }
  Task<Result<std::vector<domain::Movie>>> next() override { return next_of(*pool_, *cursor_); }

 private:
  std::shared_ptr<BlockingPool> pool_;
  std::unique_ptr<Cursor> cursor_;
  std::uint64_t films_;
};

/// All films of a cursor's state in the order of their revisions.
class ByRevision {
 public:
  explicit ByRevision(std::unique_ptr<Cursor> cursor) : cursor_(std::move(cursor)) {}

  const State& state() const { return cursor_->state(); }

  Result<std::vector<domain::Movie>> next() {
    if (!rows_) {
      FILMOTEKA_TRY(rows_, cursor_->database().prepare("SELECT " + std::string(kFilmColumns) +
                                                       " FROM movies ORDER BY revision"));
    }
    std::vector<domain::Movie> movies;
    while (!ended_ && movies.size() < kExportChunk) {
      FILMOTEKA_TRY(const bool more, rows_->step());
      ended_ = !more;
      if (ended_) break;
      FILMOTEKA_TRY(FilmOfRow film, read_film(*rows_));
      // One by one: the ids of neighbours are far apart.
      FILMOTEKA_TRY(domain::Movie movie, with_records(cursor_->database(), std::move(film)));
      movies.push_back(std::move(movie));
    }
    return movies;
  }

 private:
  std::unique_ptr<Cursor> cursor_;
  std::optional<sql::Statement> rows_;  // ends before its transaction
  bool ended_ = false;
};

class SqliteExportReader final : public FilmReader {
 public:
  SqliteExportReader(std::shared_ptr<BlockingPool> pool, ByRevision films, std::uint64_t count)
      : pool_(std::move(pool)), films_(std::move(films)), count_(count) {}

  domain::Revision revision() const override { return films_.state().revision; }
  std::int64_t views_version() const override { return films_.state().views_version; }
  std::uint64_t films() const override { return count_; }
  Task<Result<std::vector<domain::Movie>>> next() override { return next_of(*pool_, films_); }

 private:
  std::shared_ptr<BlockingPool> pool_;
  ByRevision films_;
  std::uint64_t count_;
};

Timestamp to_time(std::int64_t milliseconds) {
  return Timestamp{std::chrono::milliseconds{milliseconds}};
}

Result<std::vector<RestoreMovies::Deletion>> read_deletions(sql::Database& database) {
  std::vector<RestoreMovies::Deletion> deletions;
  FILMOTEKA_TRY(sql::Statement rows, database.prepare("SELECT id, revision, deleted_at FROM deleted_movies"
                                                      " ORDER BY revision"));
  for (;;) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return deletions;
    deletions.push_back(
        {rows.get<domain::MovieId>(0), rows.get<domain::Revision>(1), to_time(rows.get<std::int64_t>(2))});
  }
}

Result<std::vector<StoredReview>> read_reviews(sql::Database& database) {
  std::vector<StoredReview> reviews;
  FILMOTEKA_TRY(sql::Statement rows,
                database.prepare("SELECT movie_id, other_id, reasons, created_at, dismissed FROM reviews"
                                 " ORDER BY movie_id, other_id"));
  for (;;) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return reviews;
    reviews.push_back({rows.get<domain::MovieId>(0), rows.get<domain::MovieId>(1), rows.get<std::string>(2),
                       to_time(rows.get<std::int64_t>(3)), rows.get<bool>(4)});
  }
}

Result<FilmReaders> make_readers(const std::shared_ptr<BlockingPool>& pool,
                                 std::vector<std::unique_ptr<Cursor>> cursors) {
  const std::vector<IdRange> ranges = split_ids(cursors[0]->state().ids, cursors.size());
  FILMOTEKA_TRY(const std::vector<std::uint64_t> counts, cursors[0]->count(ranges));
  FilmReaders readers;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    cursors[i]->read(ranges[i]);
    readers.push_back(std::make_unique<SqliteFilmReader>(pool, std::move(cursors[i]), counts[i]));
  }
  return readers;
}

}  // namespace

Result<FilmReaders> open_sqlite_film_reader(std::shared_ptr<BlockingPool> pool,
                                            const std::filesystem::path& file) {
  std::vector<std::unique_ptr<Cursor>> one(1);
  FILMOTEKA_TRY(one[0], Cursor::open(file));
  return make_readers(pool, std::move(one));
}

Result<StoreExport> open_sqlite_export(std::shared_ptr<BlockingPool> pool,
                                       const std::filesystem::path& file) {
  FILMOTEKA_TRY(std::unique_ptr<Cursor> cursor, Cursor::open(file));
  StoreExport opened;
  opened.counters = {cursor->state().revision, cursor->state().last_id};
  FILMOTEKA_TRY(opened.deletions, read_deletions(cursor->database()));
  FILMOTEKA_TRY(opened.reviews, read_reviews(cursor->database()));
  FILMOTEKA_TRY(const std::vector<std::uint64_t> counts, cursor->count({cursor->state().ids}));
  opened.films =
      std::make_unique<SqliteExportReader>(std::move(pool), ByRevision(std::move(cursor)), counts.front());
  return opened;
}

Result<FilmReaders> open_sqlite_film_readers(sql::Database& writing, const std::filesystem::path& file,
                                             std::size_t parts) {
  std::vector<std::unique_ptr<Cursor>> cursors(parts);
  {
    FILMOTEKA_TRY(const sql::Transaction nobody_writes, sql::Transaction::immediate(writing));
    for (std::unique_ptr<Cursor>& cursor : cursors) {
      FILMOTEKA_TRY(cursor, Cursor::open(file));
    }
  }
  return make_readers(std::make_shared<BlockingPool>("metadata-load", std::min(parts, kMaxThreads)),
                      std::move(cursors));
}

}  // namespace filmoteka::metadata
