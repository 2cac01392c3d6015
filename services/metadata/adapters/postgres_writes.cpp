#include <metadata/adapters/postgres_calls.hpp>
#include <metadata/adapters/postgres_rows.hpp>

#include <utility>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

constexpr std::string_view kLock =
    "SELECT revision, last_id, current_setting('synchronous_standby_names') <> '' FROM catalogue FOR UPDATE";

struct Loaded {
  Holdings held{Counters{}};
  bool waits_for_standby = false;  ///< commits do
};

/// Locks, and loads what the write needs; the first needs travel with the lock.
Task<Result<Loaded>> load(pg::Transaction& transaction, const Write& write, Timestamp now,
                          Deadline deadline) {
  const std::int64_t remembered_since = (now - std::chrono::hours(24)).time_since_epoch().count();
  Loaded loaded;
  Holdings& held = loaded.held;
  Needs needs = needs_of(write, held);
  pg::Batch first;
  first.add(kLock);
  add_needs(first, needs, remembered_since);
  auto locking = transaction.run(std::move(first), deadline);
  FILMOTEKA_CO_TRY(std::vector<pg::Rows> rows, co_await std::move(locking));
  if (rows[0].empty())
    co_return corrupt("The catalogue's database is damaged.", "the table catalogue is empty");
  held.counters().revision = rows[0].get<std::int64_t>(0, 0);
  held.counters().last_id = rows[0].get<std::int64_t>(0, 1);
  loaded.waits_for_standby = rows[0].get<bool>(0, 2);
  FILMOTEKA_CO_CHECK(read_needs(std::span(rows).subspan(1), needs, held));
  for (needs = needs_of(write, held); !needs.empty(); needs = needs_of(write, held)) {
    pg::Batch more;
    add_needs(more, needs, remembered_since);
    auto loading = transaction.run(std::move(more), deadline);
    FILMOTEKA_CO_TRY(rows, co_await std::move(loading));
    FILMOTEKA_CO_CHECK(read_needs(rows, needs, held));
  }
  co_return loaded;
}

Commit commit_of(WritePlan plan, domain::Revision before) {
  Commit commit;
  commit.outcomes = std::move(plan.outcomes);
  commit.before = before;
  commit.after = plan.counters.revision;
  for (FilmWrite& film : plan.films) {
    Change& change = commit.changes.emplace_back();
    change.id = film.movie.id;
    change.revision = film.movie.revision;
    if (film.kind != FilmWrite::Kind::kDelete) change.movie = std::move(film.movie);
  }
  return commit;
}

Task<Result<Commit>> write_locked(pg::Transaction& transaction, const Write& write, Timestamp now,
                                  Deadline deadline) {
  auto loading = load(transaction, write, now, deadline);
  FILMOTEKA_CO_TRY(Loaded loaded, co_await std::move(loading));
  const Counters before = loaded.held.counters();
  FILMOTEKA_CO_TRY(WritePlan plan, plan_write(write, loaded.held, now));
  const bool writes = !plan.empty() || plan.counters != before;
  // What was found may be of a writer that was told nothing, because the standby did not answer, on a server
  // that has started anew since. It would be lost with the server, and "unchanged" acknowledges it: so that
  // is committed too, which waits for all before it.
  if (writes || loaded.waits_for_standby) {
    auto committing = transaction.commit(writes ? statements_of(plan, now) : pg::Batch(), deadline);
    FILMOTEKA_CO_CHECK(co_await std::move(committing));
  } else {
    co_await transaction.rollback(deadline);
  }
  co_return commit_of(std::move(plan), before.revision);
}

}  // namespace

Task<Result<Commit>> write_in_postgres(pg::Pool& pool, const Write& write, Timestamp now, Deadline deadline) {
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  pg::Transaction transaction(*lease);
  auto writing = write_locked(transaction, write, now, deadline);
  Result<Commit> commit = co_await std::move(writing);
  // A refused write is common (a precondition): the connection is worth a round trip.
  if (commit.has_error()) co_await transaction.rollback(deadline);
  co_return commit;
}

Task<Result<ViewNews>> add_views_in_postgres(pg::Pool& pool, std::span<const FilmViews> more,
                                             Deadline deadline) {
  std::vector<std::int64_t> ids;
  std::vector<std::int64_t> counts;
  for (const FilmViews& one : more) {
    ids.push_back(one.id);
    counts.push_back(one.views);
  }
  pg::Batch batch;
  batch.add("SELECT 1 FROM catalogue FOR UPDATE");
  batch.add(
      "UPDATE catalogue SET views_version = views_version"
      " + (SELECT count(*) FROM (SELECT 1 FROM movies WHERE id = ANY ($1) LIMIT 1) AS known)"
      " RETURNING views_version",
      ids);
  batch.add(
      "INSERT INTO local_views AS l SELECT m.id, u.views, c.views_version"
      " FROM unnest($1, $2) AS u (id, views) JOIN movies m ON m.id = u.id, catalogue c"
      " ON CONFLICT (movie_id) DO UPDATE SET views = l.views + excluded.views, version = excluded.version"
      " RETURNING movie_id, views",
      ids, counts);
  batch.add("SELECT pg_notify('filmoteka_metadata', 'views')");
  auto acquiring = pool.acquire(deadline);
  FILMOTEKA_CO_TRY(const pg::Lease lease, co_await std::move(acquiring));
  pg::Transaction transaction(*lease);
  auto committing = transaction.commit(std::move(batch), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(committing));
  ViewNews news;
  news.version = rows[1].get<std::int64_t>(0, 0);
  for (std::size_t i = 0; i < rows[2].size(); ++i) {
    news.views.push_back({rows[2].get<std::int64_t>(i, 0), rows[2].get<std::int64_t>(i, 1)});
  }
  co_return news;
}

}  // namespace filmoteka::metadata
