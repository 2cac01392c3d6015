#include <metadata/adapters/sqlite_films.hpp>
#include <metadata/adapters/sqlite_write.hpp>

#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

Result<sql::Statement> select_films(sql::Database& database, std::string_view condition) {
  return database.prepare("SELECT " + std::string(kFilmColumns) + " FROM movies WHERE " +
                          std::string(condition));
}

/// Holds the film of a bound statement. True: there was one.
Result<bool> hold_found(sql::Database& database, sql::Statement& select, Holdings& held) {
  FILMOTEKA_TRY(const bool found, select.step());
  if (found) {
    FILMOTEKA_TRY(FilmOfRow film, read_film(select));
    FILMOTEKA_TRY(domain::Movie movie, with_records(database, std::move(film)));
    held.hold(std::move(movie));
  }
  select.reset();
  return found;
}

Result<void> load_records(sql::Database& database, const std::vector<SourceKey>& records, Holdings& held) {
  FILMOTEKA_TRY(sql::Statement by_main, select_films(database, "source = ?1 AND source_id = ?2"));
  FILMOTEKA_TRY(sql::Statement by_record,
                select_films(database,
                             "id = (SELECT movie_id FROM source_records AS records"
                             " WHERE records.source = ?1 AND records.source_id = ?2)"));
  for (const auto& [source, source_id] : records) {
    by_main.bind(source, source_id);
    FILMOTEKA_TRY(const bool found, hold_found(database, by_main, held));
    if (found) continue;
    by_record.bind(source, source_id);
    FILMOTEKA_CHECK(hold_found(database, by_record, held));
  }
  return {};
}

Result<void> load_films(sql::Database& database, const std::vector<domain::MovieId>& ids, Holdings& held) {
  FILMOTEKA_TRY(sql::Statement select, select_films(database, "id = ?1"));
  for (const domain::MovieId id : ids) {
    select.bind(id);
    FILMOTEKA_CHECK(hold_found(database, select, held));
  }
  return {};
}

Result<void> load_keys(sql::Database& database, const std::vector<domain::MatchKey>& keys, Holdings& held) {
  FILMOTEKA_TRY(sql::Statement select,
                database.prepare("SELECT movie_id, year FROM match_keys WHERE match_key = ?1"
                                 " AND (?2 = 0 OR year = 0 OR year BETWEEN ?2 - ?3 AND ?2 + ?3) LIMIT ?4"));
  for (const domain::MatchKey key : keys) {
    select.bind(key.hash, key.year, domain::kYearsThatMeet, kMaxFilmsOfKey + 1);
    for (;;) {
      FILMOTEKA_TRY(const bool more, select.step());
      if (!more) break;
      held.hold(KeyedFilm{{key.hash, select.get<std::int32_t>(1)}, select.get<domain::MovieId>(0)});
    }
    select.reset();
  }
  return {};
}

Result<void> load_remembered(sql::Database& database, const std::vector<std::string>& keys, Timestamp since,
                             Holdings& held) {
  FILMOTEKA_TRY(sql::Statement select,
                database.prepare("SELECT request_hash, movie_id, revision FROM idempotency_keys"
                                 " WHERE idempotency_key = ?1 AND created_at >= ?2"));
  for (const std::string& key : keys) {
    select.bind(key, since.time_since_epoch().count());
    FILMOTEKA_TRY(const bool found, select.step());
    if (found) {
      held.hold(Remembered{
          key,
          select.get<std::string>(0),
          {WriteStatus::kCreated, select.get<domain::MovieId>(1), select.get<domain::Revision>(2)}});
    }
    select.reset();
  }
  return {};
}

}  // namespace

Result<void> load_needs(sql::Database& database, const Needs& needs, Timestamp now, Holdings& held) {
  if (!needs.records.empty()) FILMOTEKA_CHECK(load_records(database, needs.records, held));
  if (!needs.ids.empty()) FILMOTEKA_CHECK(load_films(database, needs.ids, held));
  if (!needs.match_keys.empty()) FILMOTEKA_CHECK(load_keys(database, needs.match_keys, held));
  if (needs.idempotency_keys.empty()) return {};
  return load_remembered(database, needs.idempotency_keys, now - kIdempotencyLifetime, held);
}

}  // namespace filmoteka::metadata
