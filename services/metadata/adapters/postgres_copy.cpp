#include <metadata/adapters/postgres_calls.hpp>
#include <metadata/adapters/postgres_prepare.hpp>

#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

/// One transaction; every writer's lock first.
Task<Result<void>> write(pg::Pool& pool, pg::Batch statements, Deadline deadline) {
  statements.add_first("SELECT 1 FROM catalogue FOR UPDATE");
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  pg::Transaction transaction(*lease);
  auto committing = transaction.commit(std::move(statements), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(committing));
  co_return Result<void>();
}

/// Rows of one statement: each within a call's time, however many there are in all.
constexpr std::size_t kRowsOfStep = 10'000;

void add_deleted(pg::Batch& batch, std::span<const Surroundings::Deleted> deleted) {
  std::vector<std::int64_t> ids;
  std::vector<std::int64_t> revisions;
  std::vector<std::int64_t> times;
  for (const Surroundings::Deleted& one : deleted) {
    ids.push_back(one.id);
    revisions.push_back(one.revision);
    times.push_back(one.deleted_at);
  }
  batch.add("INSERT INTO deleted_movies (id, revision, deleted_at) SELECT * FROM unnest($1, $2, $3)", ids,
            revisions, times);
}

void add_reviews(pg::Batch& batch, std::span<const Surroundings::Pair> reviews) {
  std::vector<std::int64_t> movies;
  std::vector<std::int64_t> others;
  std::vector<std::string_view> reasons;
  std::vector<std::int64_t> times;
  std::vector<bool> dismissed;
  for (const Surroundings::Pair& one : reviews) {
    movies.push_back(one.review.movie);
    others.push_back(one.review.other);
    reasons.emplace_back(one.review.reasons);
    times.push_back(one.created_at);
    dismissed.push_back(one.dismissed);
  }
  batch.add(
      "INSERT INTO reviews (movie_id, other_id, reasons, created_at, dismissed)"
      " SELECT r.* FROM unnest($1, $2, $3, $4, $5) AS r (m, o, reasons, created_at, dismissed)"
      " JOIN movies a ON a.id = r.m JOIN movies b ON b.id = r.o",
      movies, others, reasons, times, dismissed);
}

void add_remembered(pg::Batch& batch, std::span<const Surroundings::Key> remembered) {
  std::vector<std::string_view> keys;
  std::vector<std::string_view> hashes;
  std::vector<std::int64_t> movies;
  std::vector<std::int64_t> revisions;
  std::vector<std::int64_t> times;
  for (const Surroundings::Key& one : remembered) {
    keys.emplace_back(one.key);
    hashes.emplace_back(one.request_hash);
    movies.push_back(one.movie);
    revisions.push_back(one.revision);
    times.push_back(one.created_at);
  }
  batch.add(
      "INSERT INTO idempotency_keys (idempotency_key, request_hash, movie_id, revision, created_at)"
      " SELECT * FROM unnest($1, $2, $3, $4, $5)",
      keys, hashes, movies, revisions, times);
}

template <class Row>
Task<Result<void>> write_steps(pg::Transaction& transaction, std::span<const Row> rows,
                               void (*add)(pg::Batch&, std::span<const Row>),
                               std::chrono::milliseconds limit) {
  while (!rows.empty()) {
    const std::size_t size = std::min(rows.size(), kRowsOfStep);
    pg::Batch batch;
    add(batch, rows.first(size));
    rows = rows.subspan(size);
    auto writing = transaction.run(std::move(batch), Deadline::after(limit));
    FILMOTEKA_CO_CHECK(co_await std::move(writing));
  }
  co_return Result<void>();
}

Surroundings read_surroundings(const std::vector<pg::Rows>& rows) {
  Surroundings found;
  for (std::size_t i = 0; i < rows[0].size(); ++i) {
    const auto number = [&](int column) {
      return rows[0].get<std::int64_t>(i, column);
    };
    found.deleted.push_back({number(0), number(1), number(2)});
  }
  for (std::size_t i = 0; i < rows[1].size(); ++i) {
    found.reviews.push_back(
        {{rows[1].get<std::int64_t>(i, 0), rows[1].get<std::int64_t>(i, 1), rows[1].get<std::string>(i, 2)},
         rows[1].get<std::int64_t>(i, 3),
         rows[1].get<bool>(i, 4)});
  }
  for (std::size_t i = 0; i < rows[2].size(); ++i) {
    found.remembered.push_back({rows[2].get<std::string>(i, 0), rows[2].get<std::string>(i, 1),
                                rows[2].get<std::int64_t>(i, 2), rows[2].get<std::int64_t>(i, 3),
                                rows[2].get<std::int64_t>(i, 4)});
  }
  return found;
}

}  // namespace

Task<Result<CopyMark>> postgres_copy_mark(pg::Pool& pool, Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  auto asking = lease->query(deadline,
                             "SELECT revision, last_id, views_version, secret, copying, copied_revision,"
                             " copied_views_version FROM catalogue");
  FILMOTEKA_CO_TRY(const pg::Rows row, co_await std::move(asking));
  if (row.empty()) co_return corrupt("The catalogue's database is damaged.", "the table catalogue is empty");
  CopyMark mark;
  mark.counters = {row.get<std::int64_t>(0, 0), row.get<std::int64_t>(0, 1)};
  mark.views_version = row.get<std::int64_t>(0, 2);
  mark.secret = row.get<std::string>(0, 3);
  mark.is_copying = row.get<bool>(0, 4);
  mark.copied_revision = row.get<std::optional<std::int64_t>>(0, 5);
  mark.copied_views_version = row.get<std::int64_t>(0, 6);
  co_return mark;
}

Task<Result<Surroundings>> postgres_surroundings(pg::Pool& pool, Deadline deadline) {
  pg::Batch batch;
  batch.add("SELECT id, revision, deleted_at FROM deleted_movies ORDER BY id");
  batch.add(
      "SELECT movie_id, other_id, reasons, created_at, dismissed FROM reviews ORDER BY movie_id, other_id");
  batch.add(
      "SELECT idempotency_key, request_hash, movie_id, revision, created_at FROM idempotency_keys"
      " ORDER BY idempotency_key COLLATE \"C\"");
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  pg::Transaction snapshot(*lease, pg::Transaction::Kind::kSnapshot);
  auto reading = snapshot.commit(std::move(batch), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(reading));
  co_return read_surroundings(rows);
}

namespace {

Task<Result<void>> mark_as_copy(pg::Pool& pool, bool is_copying, const std::string& secret,
                                Deadline deadline) {
  pg::Batch batch;
  // There is no type of parameter for bytes: they come as a text of hexadecimal digits.
  std::string digits;
  for (const char byte : secret) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    digits += kDigits[static_cast<unsigned char>(byte) >> 4];
    digits += kDigits[static_cast<unsigned char>(byte) & 15];
  }
  batch.add("UPDATE catalogue SET copying = $1, secret = decode($2, 'hex')", is_copying, digits);
  return write(pool, std::move(batch), deadline);
}

}  // namespace

Task<Result<void>> begin_postgres_copy(pg::Pool& pool, const std::string& secret, Deadline deadline) {
  auto asking = postgres_copy_mark(pool, deadline);
  FILMOTEKA_CO_TRY(const CopyMark before, co_await std::move(asking));
  auto marking = mark_as_copy(pool, true, secret, deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(marking));
  // A service connects, then looks for the mark: either it finds it and ends, or it is found here.
  auto expecting = expect_nobody_else(pool, deadline);
  const Result<void> alone = co_await std::move(expecting);
  if (alone.has_error()) {
    auto undoing = mark_as_copy(pool, before.is_copying, before.secret, deadline);
    FILMOTEKA_CO_CHECK(co_await std::move(undoing));
  }
  co_return alone;
}

Task<Result<void>> set_postgres_views(pg::Pool& pool, std::span<const FilmViews> views, Deadline deadline) {
  std::vector<std::int64_t> ids;
  std::vector<std::int64_t> counts;
  for (const FilmViews& one : views) {
    ids.push_back(one.id);
    counts.push_back(one.views);
  }
  pg::Batch batch;
  batch.add(
      "WITH changed AS (INSERT INTO local_views AS l SELECT m.id, u.views, c.views_version + 1"
      " FROM unnest($1, $2) AS u (id, views) JOIN movies m ON m.id = u.id, catalogue c"
      " ON CONFLICT (movie_id) DO UPDATE SET views = excluded.views, version = excluded.version"
      " WHERE l.views <> excluded.views RETURNING 1)"
      " UPDATE catalogue SET views_version = views_version + 1 WHERE EXISTS (SELECT FROM changed)",
      ids, counts);
  return write(pool, std::move(batch), deadline);
}

Task<Result<void>> set_postgres_surroundings(pg::Pool& pool, const Surroundings& surroundings,
                                             std::chrono::milliseconds limit) {
  auto acquiring = pool.acquire(Deadline::after(limit));
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  pg::Transaction transaction(*lease);
  pg::Batch empty;
  empty.add("SELECT 1 FROM catalogue FOR UPDATE");
  empty.add("DELETE FROM deleted_movies").add("DELETE FROM reviews").add("DELETE FROM idempotency_keys");
  auto emptying = transaction.run(std::move(empty), Deadline::after(limit));
  FILMOTEKA_CO_CHECK(co_await std::move(emptying));
  auto deleted = write_steps<Surroundings::Deleted>(transaction, surroundings.deleted, add_deleted, limit);
  FILMOTEKA_CO_CHECK(co_await std::move(deleted));
  auto reviews = write_steps<Surroundings::Pair>(transaction, surroundings.reviews, add_reviews, limit);
  FILMOTEKA_CO_CHECK(co_await std::move(reviews));
  auto keys = write_steps<Surroundings::Key>(transaction, surroundings.remembered, add_remembered, limit);
  FILMOTEKA_CO_CHECK(co_await std::move(keys));
  auto committing = transaction.commit(pg::Batch(), Deadline::after(limit));
  FILMOTEKA_CO_CHECK(co_await std::move(committing));
  co_return Result<void>();
}

Task<Result<void>> end_postgres_copy(pg::Pool& pool, Counters counters, Deadline deadline) {
  pg::Batch batch;
  batch.add(
      "UPDATE catalogue SET revision = $1, last_id = greatest(last_id, $2), copying = false,"
      " copied_revision = $1, copied_views_version = views_version",
      counters.revision, counters.last_id);
  return write(pool, std::move(batch), deadline);
}

}  // namespace filmoteka::metadata
