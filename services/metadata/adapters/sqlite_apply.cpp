#include <metadata/adapters/sqlite_films.hpp>
#include <metadata/adapters/sqlite_match_keys.hpp>
#include <metadata/adapters/sqlite_write.hpp>

#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

using Kind = FilmWrite::Kind;

std::int64_t to_milliseconds(Timestamp time) {
  return time.time_since_epoch().count();
}

class Applying {
 public:
  Applying(sql::Database& database, FilmWriter writer, const Counters& before, Timestamp now)
      : database_(database), writer_(std::move(writer)), before_(before), now_(now) {}

  Result<void> apply(const WritePlan& plan) {
    for (const FilmWrite& film : plan.films) FILMOTEKA_CHECK(make_room(film));
    for (const FilmWrite& film : plan.films) {
      if (film.kind != Kind::kDelete) FILMOTEKA_CHECK(write_film(film));
    }
    FILMOTEKA_CHECK(write_match_keys(database_, keys_));
    FILMOTEKA_CHECK(write_views(plan));
    for (const Review& review : plan.reviews) FILMOTEKA_CHECK(add_review(review));
    for (const Review& review : plan.dismissed_reviews) FILMOTEKA_CHECK(dismiss(review));
    for (const StoredReview& review : plan.restored_reviews) FILMOTEKA_CHECK(restore(review));
    for (const Review& review : plan.reopened_reviews) FILMOTEKA_CHECK(reopen(review));
    if (plan.remember) FILMOTEKA_CHECK(remember(*plan.remember));
    return run("UPDATE catalogue SET revision = ?1, last_id = ?2", plan.counters.revision,
               plan.counters.last_id);
  }

 private:
  template <class... Values>
  Result<void> run(std::string_view sql, const Values&... values) {
    FILMOTEKA_TRY(sql::Statement statement, database_.prepare(sql));
    return statement.bind(values...).run();
  }

  /// Records may go from film to film: what had them lets go first.
  Result<void> make_room(const FilmWrite& film) {
    const domain::MovieId id = film.movie.id;
    if (film.kind == Kind::kDelete) return erase(film.movie);
    if (film.kind == Kind::kInsert) return {};
    if (film.records_changed) FILMOTEKA_CHECK(writer_.delete_records(id));
    if (film.match_keys) FILMOTEKA_CHECK(run("DELETE FROM match_keys WHERE movie_id = ?1", id));
    if (!film.main_changed) return {};
    // No source has a control character in its name.
    return run("UPDATE movies SET source = char(1), source_id = ?1 WHERE id = ?1", id);
  }

  Result<void> erase(const domain::Movie& movie) {
    FILMOTEKA_CHECK(run("DELETE FROM movies WHERE id = ?1", movie.id));
    return run("INSERT OR REPLACE INTO deleted_movies (id, revision, deleted_at) VALUES (?1, ?2, ?3)",
               movie.id, movie.revision, to_milliseconds(movie.updated_at));
  }

  Result<void> write_film(const FilmWrite& film) {
    const domain::Movie& movie = film.movie;
    const bool is_new = film.kind == Kind::kInsert;
    FILMOTEKA_CHECK(is_new ? writer_.insert(movie) : writer_.update(movie));
    // A restored film may have been deleted here.
    if (is_new && movie.id <= before_.last_id) {
      FILMOTEKA_CHECK(run("DELETE FROM deleted_movies WHERE id = ?1", movie.id));
    }
    if (film.records_changed) FILMOTEKA_CHECK(writer_.insert_records(movie));
    if (film.match_keys) {
      for (const domain::MatchKey key : *film.match_keys) keys_.push_back({key, movie.id});
    }
    return {};
  }

  Result<void> write_views(const WritePlan& plan) {
    bool any = false;
    for (const FilmWrite& film : plan.films) {
      if (film.kind == Kind::kDelete || !film.views_changed) continue;
      if (!any) FILMOTEKA_CHECK(run("UPDATE catalogue SET views_version = views_version + 1"));
      any = true;
      FILMOTEKA_CHECK(
          run("INSERT OR REPLACE INTO local_views (movie_id, views, version)"
              " VALUES (?1, ?2, (SELECT views_version FROM catalogue))",
              film.movie.id, film.movie.local_views));
    }
    return {};
  }

  Result<void> add_review(const Review& review) {
    return run(
        "INSERT INTO reviews (movie_id, other_id, reasons, created_at) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT DO NOTHING",
        review.movie, review.other, review.reasons, to_milliseconds(now_));
  }

  Result<void> dismiss(const Review& review) {
    return run(
        "INSERT INTO reviews (movie_id, other_id, reasons, created_at, dismissed)"
        " VALUES (?1, ?2, ?3, ?4, 1) ON CONFLICT (movie_id, other_id) DO UPDATE SET dismissed = 1",
        review.movie, review.other, review.reasons, to_milliseconds(now_));
  }

  Result<void> restore(const StoredReview& review) {
    return run(
        "INSERT INTO reviews (movie_id, other_id, reasons, created_at, dismissed)"
        " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (movie_id, other_id)"
        " DO UPDATE SET dismissed = max(dismissed, excluded.dismissed)",
        review.movie, review.other, review.reasons, to_milliseconds(review.created_at), review.dismissed);
  }

  Result<void> reopen(const Review& review) {
    return run("UPDATE reviews SET dismissed = 0 WHERE movie_id = ?1 AND other_id = ?2", review.movie,
               review.other);
  }

  Result<void> remember(const Remembered& one) {
    FILMOTEKA_CHECK(run("DELETE FROM idempotency_keys WHERE created_at < ?1",
                        to_milliseconds(now_ - kIdempotencyLifetime)));
    return run(
        "INSERT INTO idempotency_keys (idempotency_key, request_hash, movie_id, revision, created_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5)",
        one.key, one.request_hash, one.outcome.id, one.outcome.revision, to_milliseconds(now_));
  }

  sql::Database& database_;
  FilmWriter writer_;
  const Counters before_;
  const Timestamp now_;
  std::vector<KeyedFilm> keys_;
};

}  // namespace

Result<void> apply_plan(sql::Database& database, const WritePlan& plan, const Counters& before,
                        Timestamp now) {
  FILMOTEKA_TRY(FilmWriter writer, FilmWriter::make(database));
  return Applying(database, std::move(writer), before, now).apply(plan);
}

}  // namespace filmoteka::metadata
