#include <metadata/adapters/sqlite_feed.hpp>
#include <metadata/adapters/sqlite_films.hpp>

#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr std::string_view kChanges =
    "SELECT revision, id, 0 FROM movies WHERE revision > ?1 AND revision <= ?2"
    " UNION ALL SELECT revision, id, 1 FROM deleted_movies WHERE revision > ?1 AND revision <= ?2"
    " ORDER BY revision LIMIT ?3";
constexpr std::string_view kReviews =
    "SELECT movie_id, other_id, reasons FROM reviews WHERE dismissed = 0"
    " AND (movie_id, other_id) > (?1, ?2) ORDER BY movie_id, other_id LIMIT ?3";

Result<domain::Revision> read_revision(sql::Database& database) {
  FILMOTEKA_TRY(sql::Statement select, database.prepare("SELECT revision FROM catalogue"));
  FILMOTEKA_CHECK(select.step());
  return select.get<domain::Revision>(0);
}

Result<sql::Statement> select_film(sql::Database& database) {
  return database.prepare("SELECT " + std::string(kFilmColumns) + " FROM movies WHERE id = ?1");
}

/// Inside a transaction that shows one state.
Result<std::optional<domain::Movie>> find_film(sql::Database& database, sql::Statement& select,
                                               domain::MovieId id) {
  FILMOTEKA_TRY(const bool found, select.bind(id).step());
  if (!found) return std::optional<domain::Movie>();
  FILMOTEKA_TRY(FilmOfRow film, read_film(select));
  select.reset();
  FILMOTEKA_TRY(domain::Movie movie, with_records(database, std::move(film)));
  return std::optional(std::move(movie));
}

}  // namespace

Result<std::optional<domain::Movie>> film_of_sqlite(sql::Database& database, domain::MovieId id) {
  FILMOTEKA_TRY(const sql::Transaction transaction, sql::Transaction::read(database));
  FILMOTEKA_TRY(sql::Statement select, select_film(database));
  return find_film(database, select, id);
}

Result<std::vector<FeedEntry>> changes_of_sqlite(sql::Database& database, const FeedQuery& query) {
  std::vector<FeedEntry> entries;
  FILMOTEKA_TRY(sql::Statement rows, database.prepare(kChanges));
  rows.bind(query.after, query.up_to, static_cast<std::int64_t>(query.limit));
  for (;;) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return entries;
    entries.push_back({rows.get<domain::Revision>(0), rows.get<domain::MovieId>(1), rows.get<bool>(2)});
  }
}

Result<News> news_of_sqlite(sql::Database& database, domain::Revision after, std::size_t limit) {
  News news;
  FILMOTEKA_TRY(const sql::Transaction transaction, sql::Transaction::read(database));
  FILMOTEKA_TRY(news.revision, read_revision(database));
  FILMOTEKA_TRY(const std::vector<FeedEntry> entries,
                changes_of_sqlite(database, {after, news.revision, limit}));
  FILMOTEKA_TRY(sql::Statement select, select_film(database));
  for (const FeedEntry& entry : entries) {
    Change change{entry.id, entry.revision, std::nullopt};
    if (!entry.deleted) {
      FILMOTEKA_TRY(change.movie, find_film(database, select, entry.id));
      if (!change.movie) {
        return corrupt("The catalogue's database is damaged.",
                       "film " + std::to_string(entry.id) + " is gone");
      }
    }
    news.changes.push_back(std::move(change));
  }
  if (entries.size() == limit && limit > 0) news.revision = entries.back().revision;
  return news;
}

Result<std::vector<Review>> reviews_of_sqlite(sql::Database& database, ReviewQuery query) {
  std::vector<Review> reviews;
  FILMOTEKA_TRY(sql::Statement rows, database.prepare(kReviews));
  rows.bind(query.after_movie, query.after_other, static_cast<std::int64_t>(query.limit));
  for (;;) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return reviews;
    reviews.push_back({rows.get<domain::MovieId>(0), rows.get<domain::MovieId>(1), rows.get<std::string>(2)});
  }
}

}  // namespace filmoteka::metadata
