#include <metadata/adapters/sqlite_rows.hpp>
#include <metadata/adapters/text_list.hpp>

#include <optional>

namespace filmoteka::metadata {
namespace {

// The order of columns is the same in all statements: id, then these.
constexpr std::string_view kSelectByKey =
    "SELECT id, source, source_id, source_url, title, original_title, year, image_url, thumbnail_url, views,"
    " duration_seconds, description, genres, rating, age_rating, countries, \"cast\", is_active, updated_at,"
    " revision, added_at, local_views FROM movies WHERE source = ?1 AND source_id = ?2";

constexpr std::string_view kInsert =
    "INSERT INTO movies (source, source_id, source_url, title, original_title, year, image_url, "
    "thumbnail_url,"
    " views, duration_seconds, description, genres, rating, age_rating, countries, \"cast\", is_active,"
    " updated_at, revision, added_at, local_views)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
    "?21)";

constexpr std::string_view kUpdate =
    "UPDATE movies SET source_url = ?3, title = ?4, original_title = ?5, year = ?6, image_url = ?7,"
    " thumbnail_url = ?8, views = ?9, duration_seconds = ?10, description = ?11, genres = ?12, rating = ?13,"
    " age_rating = ?14, countries = ?15, \"cast\" = ?16, is_active = ?17, updated_at = ?18, revision = ?19"
    " WHERE source = ?1 AND source_id = ?2";

std::int64_t to_milliseconds(Timestamp time) {
  return time.time_since_epoch().count();
}
Timestamp to_time(std::int64_t milliseconds) {
  return Timestamp{std::chrono::milliseconds{milliseconds}};
}

/// The lists of a film as their columns have them; outlives the bindings.
struct Lists {
  explicit Lists(const domain::MovieFacts& facts)
      : genres(to_json_list(facts.genres)),
        countries(to_json_list(facts.countries)),
        cast(to_json_list(facts.cast)) {}
  std::string genres;
  std::string countries;
  std::string cast;
};

/// ?1 … ?19, and what the caller adds.
template <class... More>
void bind_movie(sql::Statement& statement, const domain::Movie& movie, const Lists& lists,
                const More&... more) {
  const domain::MovieFacts& facts = movie.facts;
  statement.bind(facts.source, facts.source_id, facts.source_url, facts.title, facts.original_title,
                 facts.year, facts.image_url, facts.thumbnail_url, facts.views, facts.duration_seconds,
                 facts.description, lists.genres, facts.rating, facts.age_rating, lists.countries, lists.cast,
                 facts.is_active, to_milliseconds(movie.updated_at), movie.revision, more...);
}

}  // namespace

const std::string_view kMovieColumns =
    "id, source, source_id, source_url, title, original_title, year, image_url, thumbnail_url, views,"
    " duration_seconds, description, genres, rating, age_rating, countries, \"cast\", is_active, updated_at,"
    " revision, added_at, local_views";

Result<domain::Movie> read_movie(const sql::Statement& row) {
  using Text = std::optional<std::string>;
  using Number = std::optional<std::int32_t>;
  domain::Movie movie;
  domain::MovieFacts& facts = movie.facts;
  movie.id = row.get<std::int64_t>(0);
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
  FILMOTEKA_TRY(facts.genres, from_json_list(row.get<std::string_view>(12)));
  facts.rating = row.get<Number>(13);
  facts.age_rating = row.get<Number>(14);
  FILMOTEKA_TRY(facts.countries, from_json_list(row.get<std::string_view>(15)));
  FILMOTEKA_TRY(facts.cast, from_json_list(row.get<std::string_view>(16)));
  facts.is_active = row.get<bool>(17);
  movie.updated_at = to_time(row.get<std::int64_t>(18));
  movie.revision = row.get<std::int64_t>(19);
  movie.added_at = to_time(row.get<std::int64_t>(20));
  facts.added_at = movie.added_at;
  movie.local_views = row.get<std::int64_t>(21);
  return movie;
}

Result<domain::Movie> MovieWriter::find(std::string_view source, std::string_view source_id) {
  FILMOTEKA_TRY(sql::Statement select, database_->prepare(kSelectByKey));
  FILMOTEKA_TRY(const bool found, select.bind(source, source_id).step());
  if (!found) return domain::Movie{};
  return read_movie(select);
}

Result<void> MovieWriter::insert(domain::Movie& movie) {
  FILMOTEKA_TRY(sql::Statement insert, database_->prepare(kInsert));
  const Lists lists(movie.facts);
  bind_movie(insert, movie, lists, to_milliseconds(movie.added_at), movie.local_views);
  FILMOTEKA_CHECK(insert.run());
  movie.id = database_->last_insert_id();
  return {};
}

Result<void> MovieWriter::update(const domain::Movie& movie) {
  FILMOTEKA_TRY(sql::Statement update, database_->prepare(kUpdate));
  const Lists lists(movie.facts);
  bind_movie(update, movie, lists);
  return update.run();
}

}  // namespace filmoteka::metadata
