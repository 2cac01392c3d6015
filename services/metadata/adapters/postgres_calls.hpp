/// The calls of the PostgreSQL store, each a coroutine on the store's own thread.
#pragma once

#include <filmoteka/sql/postgres/pool.hpp>
#include <filmoteka/sql/postgres/transaction.hpp>

#include <metadata/core/movie_store.hpp>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace filmoteka::metadata {

/// One transaction: lock, load, plan, write. Two round trips, and one more for each further round of needs.
Task<Result<Commit>> write_in_postgres(sql::postgres::Pool& pool, const Write& write, Timestamp now,
                                       Deadline deadline);
Task<Result<ViewNews>> add_views_in_postgres(sql::postgres::Pool& pool, std::span<const FilmViews> more,
                                             Deadline deadline);
Task<Result<std::optional<domain::Movie>>> postgres_film(sql::postgres::Pool& pool, domain::MovieId id,
                                                         Deadline deadline);
Task<Result<std::vector<FeedEntry>>> postgres_changes(sql::postgres::Pool& pool, FeedQuery query,
                                                      Deadline deadline);
Task<Result<News>> postgres_news(sql::postgres::Pool& pool, domain::Revision after, std::size_t limit,
                                 Deadline deadline);
Task<Result<ViewNews>> postgres_view_news(sql::postgres::Pool& pool, std::int64_t after, Deadline deadline);
Task<Result<std::vector<Review>>> postgres_reviews(sql::postgres::Pool& pool, std::size_t limit,
                                                   Deadline deadline);

/// A snapshot of everything, read in chunks. Used and destroyed on the store's thread.
class PostgresSnapshot {
 public:
  static Task<Result<std::unique_ptr<PostgresSnapshot>>> open(sql::postgres::Pool& pool, Deadline deadline);
  Task<Result<std::vector<domain::Movie>>> next(Deadline deadline);

  domain::Revision revision = 0;
  std::int64_t views_version = 0;
  std::uint64_t films = 0;

 private:
  explicit PostgresSnapshot(sql::postgres::Lease lease)
      : lease_(std::move(lease)), transaction_(*lease_, sql::postgres::Transaction::Kind::kSnapshot) {}

  sql::postgres::Lease lease_;
  sql::postgres::Transaction transaction_;  // ends before its connection goes back
  domain::MovieId last_ = 0;
};

}  // namespace filmoteka::metadata
