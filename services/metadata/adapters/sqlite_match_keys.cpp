#include <filmoteka/domain/film_identity.hpp>

#include <metadata/adapters/sqlite_films.hpp>
#include <metadata/adapters/sqlite_match_keys.hpp>
#include <metadata/core/write/plan.hpp>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::int64_t kChunk = 5'000;  ///< films a transaction

struct Progress {
  std::int64_t done_version = 0;
  std::int64_t making_version = 0;
  domain::MovieId up_to = 0;
};

Result<Progress> read_progress(sql::Database& database) {
  FILMOTEKA_TRY(sql::Statement select,
                database.prepare("SELECT match_version, match_making, match_made_up_to FROM catalogue"));
  FILMOTEKA_CHECK(select.step());
  return Progress{select.get<std::int64_t>(0), select.get<std::int64_t>(1), select.get<domain::MovieId>(2)};
}

Result<void> run(sql::Database& database, std::string_view sql, std::int64_t a, std::int64_t b) {
  FILMOTEKA_TRY(sql::Statement statement, database.prepare(sql));
  return statement.bind(a, b).run();
}

Result<std::vector<domain::Movie>> films_after(sql::Database& database, domain::MovieId id) {
  FILMOTEKA_TRY(sql::Statement select, database.prepare("SELECT " + std::string(kFilmColumns) +
                                                        " FROM movies WHERE id > ?1 ORDER BY id LIMIT ?2"));
  select.bind(id, kChunk);
  std::vector<FilmOfRow> films;
  for (;;) {
    FILMOTEKA_TRY(const bool more, select.step());
    if (!more) return with_records(database, std::move(films));
    FILMOTEKA_TRY(FilmOfRow film, read_film(select));
    films.push_back(std::move(film));
  }
}

/// Returns the last film of the chunk; 0: there was none, all are done.
Result<domain::MovieId> renew_chunk(sql::Database& database, domain::MovieId after) {
  FILMOTEKA_TRY(sql::Transaction transaction, sql::Transaction::immediate(database));
  FILMOTEKA_TRY(const std::vector<domain::Movie> movies, films_after(database, after));
  if (movies.empty()) {
    FILMOTEKA_CHECK(run(database, "UPDATE catalogue SET match_version = ?1, match_made_up_to = ?2",
                        domain::kMatchKeysVersion, 0));
    FILMOTEKA_CHECK(transaction.commit());
    return 0;
  }
  const domain::MovieId last = movies.back().id;
  FILMOTEKA_CHECK(
      run(database, "DELETE FROM match_keys WHERE movie_id > ?1 AND movie_id <= ?2", after, last));
  std::vector<KeyedFilm> keys;
  for (const domain::Movie& movie : movies) {
    for (const domain::MatchKey key : match_keys_of(movie)) keys.push_back({key, movie.id});
  }
  FILMOTEKA_CHECK(write_match_keys(database, keys));
  FILMOTEKA_CHECK(run(database, "UPDATE catalogue SET match_making = ?1, match_made_up_to = ?2",
                      domain::kMatchKeysVersion, last));
  FILMOTEKA_CHECK(transaction.commit());
  return last;
}

}  // namespace

Result<void> write_match_keys(sql::Database& database, std::vector<KeyedFilm>& keys) {
  FILMOTEKA_TRY(sql::Statement insert,
                database.prepare("INSERT INTO match_keys (match_key, movie_id, year) VALUES (?1, ?2, ?3)"));
  // In the order of the table, so that neighbours are written together.
  std::sort(keys.begin(), keys.end(), [](const KeyedFilm& a, const KeyedFilm& b) {
    return std::tie(a.key.hash, a.movie) < std::tie(b.key.hash, b.movie);
  });
  for (const auto& [key, movie] : keys) FILMOTEKA_CHECK(insert.bind(key.hash, movie, key.year).run());
  return {};
}

Result<void> renew_match_keys(sql::Database& database) {
  FILMOTEKA_TRY(const Progress progress, read_progress(database));
  if (progress.done_version >= domain::kMatchKeysVersion) return {};
  domain::MovieId next = progress.making_version == domain::kMatchKeysVersion ? progress.up_to : 0;
  for (bool more = true; more;) {
    FILMOTEKA_TRY(next, renew_chunk(database, next));
    more = next != 0;
  }
  return {};
}

}  // namespace filmoteka::metadata
