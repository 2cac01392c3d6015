#include <metadata/adapters/sqlite_copy.hpp>
#include <metadata/adapters/sqlite_views.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

template <class... Values>
Result<void> run(sql::Database& database, std::string_view sql, const Values&... values) {
  FILMOTEKA_TRY(sql::Statement statement, database.prepare(sql));
  return statement.bind(values...).run();
}

/// Gives each row to `take`.
template <class Take>
Result<void> each(sql::Database& database, std::string_view sql, Take take) {
  FILMOTEKA_TRY(sql::Statement rows, database.prepare(sql));
  for (;;) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return {};
    take(rows);
  }
}

}  // namespace

Result<CopyMark> copy_mark_of_sqlite(sql::Database& database) {
  FILMOTEKA_TRY(sql::Statement row,
                database.prepare("SELECT revision, last_id, views_version, secret, copying, copied_revision,"
                                 " copied_views_version FROM catalogue"));
  FILMOTEKA_TRY(const bool found, row.step());
  if (!found) return corrupt("The catalogue's database is damaged.", "the table catalogue is empty");
  CopyMark mark;
  mark.counters = {row.get<domain::Revision>(0), row.get<domain::MovieId>(1)};
  mark.views_version = row.get<std::int64_t>(2);
  mark.secret = row.get<std::string>(3);
  mark.is_copying = row.get<bool>(4);
  mark.copied_revision = row.get<std::optional<domain::Revision>>(5);
  mark.copied_views_version = row.get<std::int64_t>(6);
  return mark;
}

Result<Surroundings> surroundings_of_sqlite(sql::Database& database) {
  Surroundings found;
  FILMOTEKA_TRY(const sql::Transaction transaction, sql::Transaction::read(database));
  FILMOTEKA_CHECK(each(database, "SELECT id, revision, deleted_at FROM deleted_movies ORDER BY id",
                       [&](const sql::Statement& row) {
                         found.deleted.push_back({row.get<domain::MovieId>(0), row.get<domain::Revision>(1),
                                                  row.get<std::int64_t>(2)});
                       }));
  FILMOTEKA_CHECK(each(database,
                       "SELECT movie_id, other_id, reasons, created_at, dismissed FROM reviews"
                       " ORDER BY movie_id, other_id",
                       [&](const sql::Statement& row) {
                         found.reviews.push_back({{row.get<domain::MovieId>(0), row.get<domain::MovieId>(1),
                                                   row.get<std::string>(2)},
                                                  row.get<std::int64_t>(3),
                                                  row.get<bool>(4)});
                       }));
  FILMOTEKA_CHECK(each(database,
                       "SELECT idempotency_key, request_hash, movie_id, revision, created_at"
                       " FROM idempotency_keys ORDER BY idempotency_key",
                       [&](const sql::Statement& row) {
                         found.remembered.push_back({row.get<std::string>(0), row.get<std::string>(1),
                                                     row.get<domain::MovieId>(2),
                                                     row.get<domain::Revision>(3), row.get<std::int64_t>(4)});
                       }));
  return found;
}

Result<void> begin_copy_to_sqlite(sql::Database& database, const std::string& secret) {
  return run(database, "UPDATE catalogue SET copying = 1, secret = CAST(?1 AS BLOB)", secret);
}

Result<void> set_views_in_sqlite(sql::Database& database, std::span<const FilmViews> views) {
  FILMOTEKA_TRY(sql::Transaction transaction, sql::Transaction::immediate(database));
  FILMOTEKA_TRY(const std::int64_t before, read_views_version(database));
  bool any = false;
  for (const FilmViews& one : views) {
    FILMOTEKA_CHECK(
        run(database,
            "INSERT INTO local_views (movie_id, views, version) SELECT id, ?2, ?3 FROM movies WHERE id = ?1"
            " ON CONFLICT (movie_id) DO UPDATE SET views = excluded.views, version = excluded.version"
            " WHERE views <> excluded.views",
            one.id, one.views, before + 1));
    any = any || database.changes() > 0;
  }
  if (any) FILMOTEKA_CHECK(run(database, "UPDATE catalogue SET views_version = ?1", before + 1));
  return transaction.commit();
}

Result<void> set_surroundings_in_sqlite(sql::Database& database, const Surroundings& surroundings) {
  FILMOTEKA_TRY(sql::Transaction transaction, sql::Transaction::immediate(database));
  FILMOTEKA_CHECK(
      database.execute("DELETE FROM deleted_movies; DELETE FROM reviews; DELETE FROM idempotency_keys"));
  for (const Surroundings::Deleted& one : surroundings.deleted) {
    FILMOTEKA_CHECK(run(database, "INSERT INTO deleted_movies (id, revision, deleted_at) VALUES (?1, ?2, ?3)",
                        one.id, one.revision, one.deleted_at));
  }
  for (const Surroundings::Pair& one : surroundings.reviews) {
    FILMOTEKA_CHECK(run(database,
                        "INSERT INTO reviews (movie_id, other_id, reasons, created_at, dismissed)"
                        " SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM movies WHERE id = ?1)"
                        " AND EXISTS (SELECT 1 FROM movies WHERE id = ?2)",
                        one.review.movie, one.review.other, one.review.reasons, one.created_at,
                        one.dismissed));
  }
  for (const Surroundings::Key& one : surroundings.remembered) {
    FILMOTEKA_CHECK(run(database,
                        "INSERT INTO idempotency_keys"
                        " (idempotency_key, request_hash, movie_id, revision, created_at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5)",
                        one.key, one.request_hash, one.movie, one.revision, one.created_at));
  }
  return transaction.commit();
}

Result<void> end_copy_to_sqlite(sql::Database& database, const Counters& counters) {
  return run(database,
             "UPDATE catalogue SET revision = ?1, last_id = max(last_id, ?2), copying = 0,"
             " copied_revision = ?1, copied_views_version = views_version",
             counters.revision, counters.last_id);
}

}  // namespace filmoteka::metadata
