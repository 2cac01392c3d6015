/// What was answered: validators for conditional requests, and pages that were not as expected.
#include <scraper/adapters/store/columns.hpp>
#include <scraper/adapters/store/tables.hpp>

namespace filmoteka::scraper::tables {

Result<void> put_page(sql::Database& database, const std::string& source, RunId run, Timestamp now,
                      const SavedPage& page) {
  FILMOTEKA_TRY(
      auto put,
      database.prepare("INSERT OR REPLACE INTO saved_page (source, run, at, url, status, content_type, "
                       "what, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
  return put.bind(source, run, to_column(now), page.url, page.status, page.content_type, page.what, page.body)
      .run();
}

Result<std::optional<StoredPage>> page(sql::Database& database, const std::string& source) {
  FILMOTEKA_TRY(auto rows, database.prepare("SELECT run, at, url, status, content_type, what, body FROM "
                                            "saved_page WHERE source = ?1"));
  FILMOTEKA_TRY(const bool found, rows.bind(source).step());
  if (!found) return std::nullopt;
  StoredPage stored;
  stored.run = rows.get<RunId>(0);
  stored.at = from_column(rows.get<std::int64_t>(1));
  stored.page.url = rows.get<std::string>(2);
  stored.page.status = rows.get<int>(3);
  stored.page.content_type = rows.get<std::string>(4);
  stored.page.what = rows.get<std::string>(5);
  stored.page.body = rows.get<std::string>(6);
  return stored;
}

Result<void> put_validators(sql::Database& database, const std::string& source,
                            const UrlValidators& validators, Timestamp now) {
  FILMOTEKA_TRY(auto put, database.prepare("INSERT OR REPLACE INTO url_validator (source, url, etag, "
                                           "last_modified, at) VALUES (?1, ?2, ?3, ?4, ?5)"));
  return put.bind(source, validators.url, validators.etag, validators.last_modified, to_column(now)).run();
}

Result<std::optional<UrlValidators>> validators(sql::Database& database, const std::string& source,
                                                const std::string& url) {
  FILMOTEKA_TRY(auto rows, database.prepare("SELECT etag, last_modified FROM url_validator WHERE source = ?1 "
                                            "AND url = ?2"));
  FILMOTEKA_TRY(const bool found, rows.bind(source, url).step());
  if (!found) return std::nullopt;
  return UrlValidators{url, rows.get<std::string>(0), rows.get<std::string>(1)};
}

Result<void> drop_old_validators(sql::Database& database, const std::string& source, std::size_t kept) {
  FILMOTEKA_TRY(auto drop, database.prepare(
                               "DELETE FROM url_validator WHERE source = ?1 AND url NOT IN (SELECT url FROM "
                               "url_validator WHERE source = ?1 ORDER BY at DESC LIMIT ?2)"));
  return drop.bind(source, kept).run();
}

}  // namespace filmoteka::scraper::tables
