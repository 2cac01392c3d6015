#include <filmoteka/sql/database.hpp>

#include <metadata/adapters/sqlite_film_reader.hpp>
#include <metadata/adapters/sqlite_films.hpp>

#include <optional>
#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::size_t kReadChunk = 8'192;  ///< films; some ten megabytes

struct State {
  domain::Revision revision = 0;
  std::int64_t views_version = 0;
  std::uint64_t films = 0;
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

  Result<std::vector<domain::Movie>> next() {
    std::vector<FilmOfRow> films;
    if (!rows_) {
      FILMOTEKA_TRY(rows_,
                    database_.prepare("SELECT " + std::string(kFilmColumns) + " FROM movies ORDER BY id"));
    }
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
        database_.prepare("SELECT revision, views_version, (SELECT count(*) FROM movies) FROM catalogue"));
    FILMOTEKA_CHECK(state.step());
    state_ = {state.get<domain::Revision>(0), state.get<std::int64_t>(1), state.get<std::uint64_t>(2)};
    return {};
  }

  sql::Database database_;
  std::optional<sql::Transaction> transaction_;
  std::optional<sql::Statement> rows_;  // ends before its transaction
  State state_;
  bool ended_ = false;
};

class SqliteFilmReader final : public FilmReader {
 public:
  SqliteFilmReader(BlockingPool& pool, std::unique_ptr<Cursor> cursor)
      : pool_(pool), cursor_(std::move(cursor)), state_(cursor_->state()) {}

  domain::Revision revision() const override { return state_.revision; }
  std::int64_t views_version() const override { return state_.views_version; }
  std::uint64_t films() const override { return state_.films; }
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
  State state_;
};

}  // namespace

Task<Result<std::unique_ptr<FilmReader>>> open_sqlite_film_reader(BlockingPool& pool,
                                                                  std::filesystem::path file) {
  auto open = [&file] {
    return Cursor::open(file);
  };
  auto running = pool.run(std::move(open));
  FILMOTEKA_CO_TRY(std::unique_ptr<Cursor> cursor, co_await std::move(running));
  co_return std::unique_ptr<FilmReader>(std::make_unique<SqliteFilmReader>(pool, std::move(cursor)));
}

}  // namespace filmoteka::metadata
