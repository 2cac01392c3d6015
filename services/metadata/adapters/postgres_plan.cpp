#include <metadata/adapters/external_ids.hpp>
#include <metadata/adapters/facts_text.hpp>
#include <metadata/adapters/postgres_rows.hpp>
#include <metadata/adapters/text_list.hpp>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

using Numbers = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;
using MaybeNumbers = std::vector<std::optional<std::int64_t>>;
using MaybeTexts = std::vector<std::optional<std::string_view>>;

/// The table `movies` by columns; texts stay the films'.
struct MovieColumns {
  void add(const domain::Movie& movie) {
    const domain::MovieFacts& facts = movie.facts;
    id.push_back(movie.id);
    source.emplace_back(facts.source);
    source_id.emplace_back(facts.source_id);
    source_url.emplace_back(facts.source_url);
    title.emplace_back(facts.title);
    original_title.emplace_back(facts.original_title);
    year.emplace_back(facts.year);
    image_url.emplace_back(facts.image_url);
    thumbnail_url.emplace_back(facts.thumbnail_url);
    views.push_back(facts.views);
    duration.emplace_back(facts.duration_seconds);
    description.emplace_back(facts.description);
    genres.push_back(to_json_list(facts.genres));
    rating.emplace_back(facts.rating);
    age_rating.emplace_back(facts.age_rating);
    countries.push_back(to_json_list(facts.countries));
    cast.push_back(to_json_list(facts.cast));
    aliases.push_back(to_json_list(facts.aliases));
    external_ids.push_back(ids_to_json(facts.ids));
    is_active.push_back(facts.is_active);
    edits.push_back(movie.edits.empty() ? std::nullopt : std::optional<std::string_view>(movie.edits));
    record_count.push_back(static_cast<std::int64_t>(movie.records.size()));
    added_at.push_back(movie.added_at.time_since_epoch().count());
    updated_at.push_back(movie.updated_at.time_since_epoch().count());
    revision.push_back(movie.revision);
  }

  Numbers id, views, record_count, added_at, updated_at, revision;
  std::vector<std::string_view> source, source_id, source_url, title;
  MaybeTexts original_title, image_url, thumbnail_url, description, edits;
  MaybeNumbers year, duration, rating, age_rating;
  Texts genres, countries, cast, aliases, external_ids;
  std::vector<bool> is_active;
};

constexpr std::string_view kWriteMovies =
    "INSERT INTO movies (id, source, source_id, source_url, title, original_title, year, image_url,"
    " thumbnail_url, views, duration_seconds, description, genres, rating, age_rating, countries, \"cast\","
    " aliases, external_ids, is_active, edits, record_count, added_at, updated_at, revision)"
    " SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
    " $19, $20, $21, $22, $23, $24, $25)"
    " ON CONFLICT (id) DO UPDATE SET source = excluded.source, source_id = excluded.source_id,"
    " source_url = excluded.source_url, title = excluded.title, original_title = excluded.original_title,"
    " year = excluded.year, image_url = excluded.image_url, thumbnail_url = excluded.thumbnail_url,"
    " views = excluded.views, duration_seconds = excluded.duration_seconds,"
    " description = excluded.description, genres = excluded.genres, rating = excluded.rating,"
    " age_rating = excluded.age_rating, countries = excluded.countries, \"cast\" = excluded.\"cast\","
    " aliases = excluded.aliases, external_ids = excluded.external_ids, is_active = excluded.is_active,"
    " edits = excluded.edits, record_count = excluded.record_count, added_at = excluded.added_at,"
    " updated_at = excluded.updated_at, revision = excluded.revision";

void add_movies(pg::Batch& batch, const MovieColumns& c) {
  batch.add("DELETE FROM deleted_movies WHERE id = ANY ($1)", c.id);
  batch.add(kWriteMovies, c.id, c.source, c.source_id, c.source_url, c.title, c.original_title, c.year,
            c.image_url, c.thumbnail_url, c.views, c.duration, c.description, c.genres, c.rating,
            c.age_rating, c.countries, c.cast, c.aliases, c.external_ids, c.is_active, c.edits,
            c.record_count, c.added_at, c.updated_at, c.revision);
}

struct Details {
  void add(const FilmWrite& film) {
    const domain::Movie& movie = film.movie;
    if (film.records_changed) {
      changed_records.push_back(movie.id);
      for (std::size_t i = 0; i < movie.records.size(); ++i) {
        record_movie.push_back(movie.id);
        record_position.push_back(static_cast<std::int64_t>(i));
        record_source.emplace_back(movie.records[i].source);
        record_source_id.emplace_back(movie.records[i].source_id);
        record_facts.push_back(facts_to_text(movie.records[i]));
      }
    }
    if (film.match_keys) {
      if (film.kind == FilmWrite::Kind::kUpdate) changed_keys.push_back(movie.id);
      for (const domain::MatchKey key : *film.match_keys) {
        match_keys.push_back(key.hash);
        key_movie.push_back(movie.id);
        key_year.push_back(key.year);
      }
    }
    if (film.views_changed) {
      views_movie.push_back(movie.id);
      views.push_back(movie.local_views);
    }
  }

  Numbers changed_records, record_movie, record_position, changed_keys, match_keys, key_movie, key_year,
      views_movie, views;
  std::vector<std::string_view> record_source, record_source_id;
  Texts record_facts;
};

/// Before the films are written: a record may go from one film to another.
void add_removals(pg::Batch& batch, const Details& details, const Numbers& deleted, const Numbers& revisions,
                  const Numbers& times) {
  if (!details.changed_records.empty()) {
    batch.add("DELETE FROM source_records WHERE movie_id = ANY ($1)", details.changed_records);
  }
  if (!details.changed_keys.empty()) {
    batch.add("DELETE FROM match_keys WHERE movie_id = ANY ($1)", details.changed_keys);
  }
  if (deleted.empty()) return;
  batch.add("DELETE FROM movies WHERE id = ANY ($1)", deleted);
  batch.add(
      "INSERT INTO deleted_movies (id, revision, deleted_at) SELECT * FROM unnest($1, $2, $3)"
      " ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, deleted_at = excluded.deleted_at",
      deleted, revisions, times);
}

void add_details(pg::Batch& batch, const Details& d) {
  if (!d.record_movie.empty()) {
    batch.add(
        "INSERT INTO source_records (movie_id, position, source, source_id, facts)"
        " SELECT * FROM unnest($1, $2, $3, $4, $5)",
        d.record_movie, d.record_position, d.record_source, d.record_source_id, d.record_facts);
  }
  if (!d.match_keys.empty()) {
    batch.add(kInsertMatchKeys, d.match_keys, d.key_movie, d.key_year);
  }
  if (!d.views.empty()) {
    batch.add("UPDATE catalogue SET views_version = views_version + 1");
    batch.add(
        "INSERT INTO local_views SELECT u.id, u.views, c.views_version"
        " FROM unnest($1, $2) AS u (id, views), catalogue c"
        " ON CONFLICT (movie_id) DO UPDATE SET views = excluded.views, version = excluded.version",
        d.views_movie, d.views);
  }
}

void add_reviews(pg::Batch& batch, const std::vector<Review>& reviews, bool dismissed, std::int64_t now) {
  if (reviews.empty()) return;
  Numbers movies;
  Numbers others;
  std::vector<std::string_view> reasons;
  for (const Review& review : reviews) {
    movies.push_back(review.movie);
    others.push_back(review.other);
    reasons.emplace_back(review.reasons);
  }
  // A pair may stand in the plan twice: one statement must not touch a row twice.
  batch.add(dismissed ? "INSERT INTO reviews SELECT DISTINCT ON (m, o) m, o, r, $4, true"
                        " FROM unnest($1, $2, $3) AS t (m, o, r)"
                        " ON CONFLICT (movie_id, other_id) DO UPDATE SET dismissed = true"
                      : "INSERT INTO reviews SELECT m, o, r, $4, false FROM unnest($1, $2, $3) AS t (m, o, r)"
                        " ON CONFLICT DO NOTHING",
            movies, others, reasons, now);
}

void add_restored_reviews(pg::Batch& batch, const std::vector<StoredReview>& reviews) {
  if (reviews.empty()) return;
  Numbers movies;
  Numbers others;
  std::vector<std::string_view> reasons;
  Numbers times;
  std::vector<bool> dismissed;
  for (const StoredReview& review : reviews) {
    movies.push_back(review.movie);
    others.push_back(review.other);
    reasons.emplace_back(review.reasons);
    times.push_back(review.created_at.time_since_epoch().count());
    dismissed.push_back(review.dismissed);
  }
  // The same pair twice, as in add_reviews(): the dismissed one counts.
  batch.add(
      "INSERT INTO reviews AS known (movie_id, other_id, reasons, created_at, dismissed)"
      " SELECT DISTINCT ON (m, o) m, o, r, t, d FROM unnest($1, $2, $3, $4, $5) AS u (m, o, r, t, d)"
      " ORDER BY m, o, d DESC ON CONFLICT (movie_id, other_id)"
      " DO UPDATE SET dismissed = known.dismissed OR excluded.dismissed",
      movies, others, reasons, times, dismissed);
}

void add_reopened(pg::Batch& batch, const std::vector<Review>& reviews) {
  for (const Review& review : reviews) {
    batch.add("UPDATE reviews SET dismissed = false WHERE movie_id = $1 AND other_id = $2", review.movie,
              review.other);
  }
}

void add_remembered(pg::Batch& batch, const WritePlan& plan, std::int64_t now) {
  if (!plan.remember) return;
  constexpr std::int64_t kDay = 24 * 60 * 60 * 1'000;
  const Remembered& remembered = *plan.remember;
  batch.add("DELETE FROM idempotency_keys WHERE created_at < $1", now - kDay);
  batch.add("INSERT INTO idempotency_keys VALUES ($1, $2, $3, $4, $5)", remembered.key,
            remembered.request_hash, remembered.outcome.id, remembered.outcome.revision, now);
}

}  // namespace

pg::Batch statements_of(const WritePlan& plan, Timestamp time) {
  const std::int64_t now = time.time_since_epoch().count();
  MovieColumns columns;
  Details details;
  Numbers deleted;
  Numbers deleted_revisions;
  Numbers deleted_times;
  for (const FilmWrite& film : plan.films) {
    if (film.kind == FilmWrite::Kind::kDelete) {
      deleted.push_back(film.movie.id);
      deleted_revisions.push_back(film.movie.revision);
      deleted_times.push_back(film.movie.updated_at.time_since_epoch().count());
    } else {
      columns.add(film.movie);
      details.add(film);
    }
  }
  pg::Batch batch;
  add_removals(batch, details, deleted, deleted_revisions, deleted_times);
  if (!columns.id.empty()) add_movies(batch, columns);
  add_details(batch, details);
  add_reviews(batch, plan.reviews, false, now);
  add_reviews(batch, plan.dismissed_reviews, true, now);
  add_restored_reviews(batch, plan.restored_reviews);
  add_reopened(batch, plan.reopened_reviews);
  add_remembered(batch, plan, now);
  batch.add("UPDATE catalogue SET revision = $1, last_id = $2", plan.counters.revision,
            plan.counters.last_id);
  batch.add("SELECT pg_notify('filmoteka_metadata', $1)", std::to_string(plan.counters.revision));
  return batch;
}

}  // namespace filmoteka::metadata
