#include <metadata/adapters/postgres_calls.hpp>
#include <metadata/adapters/postgres_rows.hpp>

#include <limits>
#include <utility>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

constexpr std::string_view kEntries =
    "SELECT revision, id, false FROM movies WHERE revision > $1 AND revision <= $2"
    " UNION ALL SELECT revision, id, true FROM deleted_movies WHERE revision > $1 AND revision <= $2"
    " ORDER BY 1 LIMIT $3";

std::vector<FeedEntry> read_entries(const pg::Rows& rows) {
  std::vector<FeedEntry> entries;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    entries.push_back({rows.get<std::int64_t>(i, 0), rows.get<std::int64_t>(i, 1), rows.get<bool>(i, 2)});
  }
  return entries;
}

/// One read-only state for all statements of the batch.
Task<Result<std::vector<pg::Rows>>> read(pg::Pool& pool, pg::Batch batch, Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  pg::Transaction snapshot(*lease, pg::Transaction::Kind::kSnapshot);
  auto reading = snapshot.commit(std::move(batch), deadline);
  co_return co_await std::move(reading);
}

}  // namespace

Task<Result<std::optional<domain::Movie>>> postgres_film(pg::Pool& pool, domain::MovieId id,
                                                         Deadline deadline) {
  pg::Batch batch;
  batch.add(kSelectFilm, id);
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  auto reading = lease->run(batch, deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(reading));
  if (rows[0].empty()) co_return std::optional<domain::Movie>();
  FILMOTEKA_CO_TRY(domain::Movie movie, read_postgres_movie(rows[0], 0));
  co_return std::optional(std::move(movie));
}

Task<Result<std::vector<FeedEntry>>> postgres_changes(pg::Pool& pool, FeedQuery query, Deadline deadline) {
  pg::Batch batch;
  batch.add(kEntries, query.after, query.up_to, query.limit);
  auto reading = read(pool, std::move(batch), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(reading));
  co_return read_entries(rows[0]);
}

Task<Result<News>> postgres_news(pg::Pool& pool, domain::Revision after, std::size_t limit,
                                 Deadline deadline) {
  pg::Batch batch;
  batch.add("SELECT revision, secret FROM catalogue");
  batch.add(kEntries, after, std::numeric_limits<std::int64_t>::max(), limit);
  batch.add(kSelectNews, after, limit);
  auto reading = read(pool, std::move(batch), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(reading));
  FILMOTEKA_CO_TRY(std::vector<domain::Movie> movies, read_postgres_movies(rows[2]));
  if (rows[0].empty())
    co_return corrupt("The catalogue's database is damaged.", "the table catalogue is empty");
  News news;
  news.secret = rows[0].get<std::string>(0, 1);
  std::size_t next = 0;
  for (const FeedEntry& entry : read_entries(rows[1])) {
    Change& change = news.changes.emplace_back();
    change.id = entry.id;
    change.revision = entry.revision;
    // Both are in the order of revisions, and the entries are the beginning of the union.
    if (!entry.deleted) change.movie = std::move(movies[next++]);
  }
  const bool is_all = news.changes.size() < limit;
  news.revision = is_all ? rows[0].get<std::int64_t>(0, 0) : news.changes.back().revision;
  co_return news;
}

Task<Result<ViewNews>> postgres_view_news(pg::Pool& pool, std::int64_t after, Deadline deadline) {
  pg::Batch batch;
  batch.add("SELECT views_version FROM catalogue");
  batch.add("SELECT movie_id, views FROM local_views WHERE version > $1 ORDER BY movie_id", after);
  auto reading = read(pool, std::move(batch), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(reading));
  ViewNews news;
  news.version = rows[0].get<std::int64_t>(0, 0);
  for (std::size_t i = 0; i < rows[1].size(); ++i) {
    news.views.push_back({rows[1].get<std::int64_t>(i, 0), rows[1].get<std::int64_t>(i, 1)});
  }
  co_return news;
}

Task<Result<std::vector<Review>>> postgres_reviews(pg::Pool& pool, ReviewQuery query, Deadline deadline) {
  pg::Batch batch;
  batch.add(
      "SELECT movie_id, other_id, reasons FROM reviews WHERE NOT dismissed"
      " AND (movie_id, other_id) > ($1, $2) ORDER BY movie_id, other_id LIMIT $3",
      query.after_movie, query.after_other, query.limit);
  auto reading = read(pool, std::move(batch), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(reading));
  std::vector<Review> reviews;
  for (std::size_t i = 0; i < rows[0].size(); ++i) {
    reviews.push_back(
        {rows[0].get<std::int64_t>(i, 0), rows[0].get<std::int64_t>(i, 1), rows[0].get<std::string>(i, 2)});
  }
  co_return reviews;
}

}  // namespace filmoteka::metadata
