#include <metadata/adapters/sqlite_views.hpp>

namespace filmoteka::metadata {
namespace {

// No row comes back for a film that does not exist.
constexpr std::string_view kAdd =
    "INSERT INTO local_views (movie_id, views, version)"
    " SELECT id, ?2, ?3 FROM movies WHERE id = ?1"
    " ON CONFLICT (movie_id) DO UPDATE SET views = views + excluded.views, version = excluded.version"
    " RETURNING views";

}  // namespace

Result<std::int64_t> read_views_version(sql::Database& database) {
  FILMOTEKA_TRY(sql::Statement select, database.prepare("SELECT views_version FROM catalogue"));
  FILMOTEKA_CHECK(select.step());
  return select.get<std::int64_t>(0);
}

Result<ViewNews> add_views_to_sqlite(sql::Database& database, std::span<const FilmViews> more) {
  ViewNews news;
  FILMOTEKA_TRY(sql::Transaction transaction, sql::Transaction::immediate(database));
  FILMOTEKA_TRY(const std::int64_t before, read_views_version(database));
  const std::int64_t version = before + 1;
  {
    FILMOTEKA_TRY(sql::Statement add, database.prepare(kAdd));
    for (const FilmViews& one : more) {
      FILMOTEKA_TRY(const bool is_known, add.bind(one.id, one.views, version).step());
      if (is_known) news.views.push_back({one.id, add.get<std::int64_t>(0)});
      add.reset();  // all is done before the first row comes back
    }
  }
  news.version = news.views.empty() ? before : version;
  if (news.views.empty()) return news;
  FILMOTEKA_TRY(sql::Statement count, database.prepare("UPDATE catalogue SET views_version = ?1"));
  FILMOTEKA_CHECK(count.bind(version).run());
  FILMOTEKA_CHECK(transaction.commit());
  return news;
}

Result<ViewNews> view_news_of_sqlite(sql::Database& database, std::int64_t after_version) {
  ViewNews news;
  FILMOTEKA_TRY(const sql::Transaction transaction, sql::Transaction::read(database));
  FILMOTEKA_TRY(news.version, read_views_version(database));
  FILMOTEKA_TRY(sql::Statement rows,
                database.prepare("SELECT movie_id, views FROM local_views WHERE version > ?1"));
  rows.bind(after_version);
  for (;;) {
    FILMOTEKA_TRY(const bool more, rows.step());
    if (!more) return news;
    news.views.push_back({rows.get<domain::MovieId>(0), rows.get<std::int64_t>(1)});
  }
}

}  // namespace filmoteka::metadata
