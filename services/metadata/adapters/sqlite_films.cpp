#include <metadata/adapters/external_ids.hpp>
#include <metadata/adapters/facts_text.hpp>
#include <metadata/adapters/sqlite_films.hpp>
#include <metadata/adapters/text_list.hpp>

#include <optional>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::string_view kInsert =
    "INSERT INTO movies (id, source, source_id, source_url, title, original_title, year, image_url,"
    " thumbnail_url, views, duration_seconds, description, genres, rating, age_rating, countries, \"cast\","
    " is_active, updated_at, revision, aliases, external_ids, edits, record_count, added_at)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
    " ?21, ?22, ?23, ?24, ?25)";

// Only a restore changes added_at.
constexpr std::string_view kUpdate =
    "UPDATE movies SET source = ?2, source_id = ?3, source_url = ?4, title = ?5, original_title = ?6,"
    " year = ?7, image_url = ?8, thumbnail_url = ?9, views = ?10, duration_seconds = ?11, description = ?12,"
    " genres = ?13, rating = ?14, age_rating = ?15, countries = ?16, \"cast\" = ?17, is_active = ?18,"
    " updated_at = ?19, revision = ?20, aliases = ?21, external_ids = ?22, edits = ?23, record_count = ?24,"
    " added_at = ?25 WHERE id = ?1";

constexpr std::string_view kInsertRecord =
    "INSERT INTO source_records (movie_id, position, source, source_id, facts) VALUES (?1, ?2, ?3, ?4, ?5)";
constexpr std::string_view kDeleteRecords = "DELETE FROM source_records WHERE movie_id = ?1";
constexpr std::string_view kRecords =
    "SELECT movie_id, facts FROM source_records WHERE movie_id BETWEEN ?1 AND ?2 ORDER BY movie_id, position";

std::int64_t to_milliseconds(Timestamp time) {
  return time.time_since_epoch().count();
}
Timestamp to_time(std::int64_t milliseconds) {
  return Timestamp{std::chrono::milliseconds{milliseconds}};
}

/// The columns 1 to 11, in which nothing can be wrong.
void read_plain_columns(const sql::Statement& row, domain::MovieFacts& facts) {
  using Text = std::optional<std::string>;
  using Number = std::optional<std::int32_t>;
  facts.source = row.get<std::string>(1);
  facts.source_id = row.get<std::string>(2);
  facts.source_url = row.get<std::string>(3);
  facts.title = row.get<std::string>(4);
  facts.original_title = row.get<Text>(5);
  facts.year = row.get<Number>(6);
  facts.image_url = row.get<Text>(7);
  facts.thumbnail_url = row.get<Text>(8);
  facts.views = row.get<std::int64_t>(9);
  facts.duration_seconds = row.get<Number>(10);
  facts.description = row.get<Text>(11);
  facts.rating = row.get<Number>(13);
  facts.age_rating = row.get<Number>(14);
  facts.is_active = row.get<bool>(17);
}

}  // namespace

const std::string_view kFilmColumns =
    "id, source, source_id, source_url, title, original_title, year, image_url, thumbnail_url, views,"
    " duration_seconds, description, genres, rating, age_rating, countries, \"cast\", is_active, updated_at,"
    " revision, aliases, external_ids, edits, record_count, added_at,"
    " coalesce((SELECT local_views.views FROM local_views WHERE movie_id = id), 0)";

Result<FilmOfRow> read_film(const sql::Statement& row) {
  FilmOfRow film;
  domain::Movie& movie = film.movie;
  domain::MovieFacts& facts = movie.facts;
  movie.id = row.get<std::int64_t>(0);
  read_plain_columns(row, facts);
  FILMOTEKA_TRY(facts.genres, from_json_list(row.get<std::string_view>(12)));
  FILMOTEKA_TRY(facts.countries, from_json_list(row.get<std::string_view>(15)));
  FILMOTEKA_TRY(facts.cast, from_json_list(row.get<std::string_view>(16)));
  FILMOTEKA_TRY(facts.aliases, from_json_list(row.get<std::string_view>(20)));
  FILMOTEKA_TRY(facts.ids, ids_from_json(row.get<std::string_view>(21)));
  movie.updated_at = to_time(row.get<std::int64_t>(18));
  movie.revision = row.get<std::int64_t>(19);
  movie.edits = row.get<std::string>(22);
  film.has_records = row.get<std::int64_t>(23) > 0;
  movie.added_at = to_time(row.get<std::int64_t>(24));
  facts.added_at = movie.added_at;
  movie.local_views = row.get<std::int64_t>(25);
  return film;
}

Result<std::vector<domain::Movie>> with_records(sql::Database& database, std::vector<FilmOfRow> films) {
  bool any = false;
  std::vector<domain::Movie> movies;
  movies.reserve(films.size());
  for (FilmOfRow& film : films) {
    any |= film.has_records;
    movies.push_back(std::move(film.movie));
  }
  if (!any) return movies;
  FILMOTEKA_TRY(sql::Statement rows, database.prepare(kRecords));
  rows.bind(movies.front().id, movies.back().id);
  auto movie = movies.begin();
  for (;;) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return movies;
    const auto id = rows.get<domain::MovieId>(0);
    while (movie != movies.end() && movie->id < id) ++movie;
    if (movie == movies.end()) return movies;
    if (movie->id != id) continue;
    FILMOTEKA_TRY(domain::MovieFacts record, facts_from_text(rows.get<std::string_view>(1)));
    movie->records.push_back(std::move(record));
  }
}

Result<domain::Movie> with_records(sql::Database& database, FilmOfRow film) {
  if (!film.has_records) return std::move(film.movie);
  std::vector<FilmOfRow> one;
  one.push_back(std::move(film));
  FILMOTEKA_TRY(std::vector<domain::Movie> movies, with_records(database, std::move(one)));
  return std::move(movies.front());
}

FilmWriter::FilmWriter(sql::Statement insert, sql::Statement update, sql::Statement insert_record,
                       sql::Statement delete_records)
    : insert_(std::move(insert)),
      update_(std::move(update)),
      insert_record_(std::move(insert_record)),
      delete_records_(std::move(delete_records)) {}

Result<FilmWriter> FilmWriter::make(sql::Database& database) {
  FILMOTEKA_TRY(sql::Statement insert, database.prepare(kInsert));
  FILMOTEKA_TRY(sql::Statement update, database.prepare(kUpdate));
  FILMOTEKA_TRY(sql::Statement insert_record, database.prepare(kInsertRecord));
  FILMOTEKA_TRY(sql::Statement delete_records, database.prepare(kDeleteRecords));
  return FilmWriter(std::move(insert), std::move(update), std::move(insert_record),
                    std::move(delete_records));
}

Result<void> FilmWriter::write(sql::Statement& statement, const domain::Movie& movie) {
  const domain::MovieFacts& facts = movie.facts;
  const std::string genres = to_json_list(facts.genres);
  const std::string countries = to_json_list(facts.countries);
  const std::string cast = to_json_list(facts.cast);
  const std::string aliases = to_json_list(facts.aliases);
  const std::string ids = ids_to_json(facts.ids);
  const auto edits = movie.edits.empty() ? std::nullopt : std::optional<std::string_view>(movie.edits);
  statement.bind(movie.id, facts.source, facts.source_id, facts.source_url, facts.title, facts.original_title,
                 facts.year, facts.image_url, facts.thumbnail_url, facts.views, facts.duration_seconds,
                 facts.description, genres, facts.rating, facts.age_rating, countries, cast, facts.is_active,
                 to_milliseconds(movie.updated_at), movie.revision, aliases, ids, edits, movie.records.size(),
                 to_milliseconds(movie.added_at));
  return statement.run();
}

Result<void> FilmWriter::insert_records(const domain::Movie& movie) {
  for (std::size_t i = 0; i < movie.records.size(); ++i) {
    const domain::MovieFacts& record = movie.records[i];
    const std::string text = facts_to_text(record);
    FILMOTEKA_CHECK(insert_record_.bind(movie.id, i, record.source, record.source_id, text).run());
  }
  return {};
}

Result<void> FilmWriter::delete_records(domain::MovieId id) {
  return delete_records_.bind(id).run();
}

}  // namespace filmoteka::metadata
