/// The calls of the PostgreSQL store, each a coroutine on the store's own thread.
#pragma once

#include <filmoteka/sql/postgres/pool.hpp>
#include <filmoteka/sql/postgres/transaction.hpp>

#include <metadata/core/copy/copyable_store.hpp>

#include <chrono>
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
Task<Result<std::vector<Review>>> postgres_reviews(sql::postgres::Pool& pool, ReviewQuery query,
                                                   Deadline deadline);

// As CopyableStore says.
Task<Result<CopyMark>> postgres_copy_mark(sql::postgres::Pool& pool, Deadline deadline);
Task<Result<Surroundings>> postgres_surroundings(sql::postgres::Pool& pool, Deadline deadline);
Task<Result<void>> begin_postgres_copy(sql::postgres::Pool& pool, const std::string& secret,
                                       Deadline deadline);
Task<Result<void>> set_postgres_views(sql::postgres::Pool& pool, std::span<const FilmViews> views,
                                      Deadline deadline);
/// One transaction of many statements; `limit` is of each of them.
Task<Result<void>> set_postgres_surroundings(sql::postgres::Pool& pool, const Surroundings& surroundings,
                                             std::chrono::milliseconds limit);
Task<Result<void>> end_postgres_copy(sql::postgres::Pool& pool, Counters counters, Deadline deadline);

}  // namespace filmoteka::metadata
