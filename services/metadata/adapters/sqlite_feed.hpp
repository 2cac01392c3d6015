/// What readers and followers ask a SQLite store: a film, the change feed, the films behind it, the list of
/// reviews. Blocking.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/database.hpp>

#include <metadata/core/movie_store.hpp>

#include <optional>
#include <vector>

namespace filmoteka::metadata {

Result<std::optional<domain::Movie>> film_of_sqlite(sql::Database& database, domain::MovieId id);
Result<std::vector<FeedEntry>> changes_of_sqlite(sql::Database& database, const FeedQuery& query);
Result<News> news_of_sqlite(sql::Database& database, domain::Revision after, std::size_t limit);
Result<std::vector<Review>> reviews_of_sqlite(sql::Database& database, ReviewQuery query);

}  // namespace filmoteka::metadata
