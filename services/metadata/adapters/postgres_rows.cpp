#include <metadata/adapters/external_ids.hpp>
#include <metadata/adapters/facts_text.hpp>
#include <metadata/adapters/postgres_rows.hpp>
#include <metadata/adapters/text_list.hpp>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

Timestamp to_time(std::int64_t milliseconds) {
  return Timestamp{std::chrono::milliseconds{milliseconds}};
}

}  // namespace

Result<domain::Movie> read_postgres_movie(const pg::Rows& rows, std::size_t row) {
  using Text = std::optional<std::string>;
  using Number = std::optional<std::int32_t>;
  int column = 0;
  domain::Movie movie;
  domain::MovieFacts& facts = movie.facts;
  movie.id = rows.get<std::int64_t>(row, column++);
  facts.source = rows.get<std::string>(row, column++);
  facts.source_id = rows.get<std::string>(row, column++);
  facts.source_url = rows.get<std::string>(row, column++);
  facts.title = rows.get<std::string>(row, column++);
  facts.original_title = rows.get<Text>(row, column++);
  facts.year = rows.get<Number>(row, column++);
  facts.image_url = rows.get<Text>(row, column++);
  facts.thumbnail_url = rows.get<Text>(row, column++);
  facts.views = rows.get<std::int64_t>(row, column++);
  facts.duration_seconds = rows.get<Number>(row, column++);
  facts.description = rows.get<Text>(row, column++);
  FILMOTEKA_TRY(facts.genres, from_json_list(rows.get<std::string_view>(row, column++)));
  facts.rating = rows.get<Number>(row, column++);
  facts.age_rating = rows.get<Number>(row, column++);
  FILMOTEKA_TRY(facts.countries, from_json_list(rows.get<std::string_view>(row, column++)));
  FILMOTEKA_TRY(facts.cast, from_json_list(rows.get<std::string_view>(row, column++)));
  FILMOTEKA_TRY(facts.aliases, from_json_list(rows.get<std::string_view>(row, column++)));
  FILMOTEKA_TRY(facts.ids, ids_from_json(rows.get<std::string_view>(row, column++)));
  facts.is_active = rows.get<bool>(row, column++);
  movie.edits = rows.get<std::string>(row, column++);
  movie.added_at = to_time(rows.get<std::int64_t>(row, column++));
  facts.added_at = movie.added_at;
  movie.updated_at = to_time(rows.get<std::int64_t>(row, column++));
  movie.revision = rows.get<std::int64_t>(row, column++);
  movie.local_views = rows.get<std::int64_t>(row, column++);
  for (const std::string& text : rows.get<std::vector<std::string>>(row, column)) {
    FILMOTEKA_TRY(domain::MovieFacts record, facts_from_text(text));
    movie.records.push_back(std::move(record));
  }
  return movie;
}

Result<std::vector<domain::Movie>> read_postgres_movies(const pg::Rows& rows) {
  std::vector<domain::Movie> movies;
  movies.reserve(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    FILMOTEKA_TRY(domain::Movie movie, read_postgres_movie(rows, row));
    movies.push_back(std::move(movie));
  }
  return movies;
}

void add_needs(pg::Batch& batch, const Needs& needs, std::int64_t remembered_since) {
  std::vector<std::string_view> sources;
  std::vector<std::string_view> source_ids;
  for (const SourceKey& key : needs.records) {
    sources.emplace_back(key.first);
    source_ids.emplace_back(key.second);
  }
  std::vector<std::int64_t> hashes;
  std::vector<std::int64_t> years;
  for (const domain::MatchKey key : needs.match_keys) {
    hashes.push_back(key.hash);
    years.push_back(key.year);
  }
  batch.add(kSelectWanted, sources, source_ids, needs.ids);
  batch.add(
      "SELECT k.hash, f.year, f.movie_id FROM unnest($1, $2) AS k (hash, year) CROSS JOIN LATERAL"
      " (SELECT m.movie_id, m.year FROM match_keys AS m WHERE m.match_key = k.hash AND (k.year = 0"
      " OR m.year = 0 OR m.year BETWEEN k.year - $3 AND k.year + $3) LIMIT $4) AS f",
      hashes, years, domain::kYearsThatMeet, kMaxFilmsOfKey + 1);
  batch.add(
      "SELECT idempotency_key, request_hash, movie_id, revision FROM idempotency_keys"
      " WHERE idempotency_key = ANY ($1) AND created_at >= $2",
      needs.idempotency_keys, remembered_since);
}

Result<void> read_needs(std::span<const pg::Rows> rows, const Needs& needs, Holdings& held) {
  FILMOTEKA_TRY(std::vector<domain::Movie> movies, read_postgres_movies(rows[0]));
  for (domain::Movie& movie : movies) held.hold(std::move(movie));
  for (std::size_t i = 0; i < rows[1].size(); ++i) {
    held.hold(KeyedFilm{{rows[1].get<std::int64_t>(i, 0), rows[1].get<std::int32_t>(i, 1)},
                        rows[1].get<std::int64_t>(i, 2)});
  }
  for (std::size_t i = 0; i < rows[2].size(); ++i) {
    held.hold(Remembered{
        rows[2].get<std::string>(i, 0),
        rows[2].get<std::string>(i, 1),
        {WriteStatus::kCreated, rows[2].get<std::int64_t>(i, 2), rows[2].get<std::int64_t>(i, 3)}});
  }
  held.looked_for(needs);
  return {};
}

}  // namespace filmoteka::metadata
