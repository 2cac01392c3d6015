/// Views counted here: table local_views. Blocking.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/database.hpp>

#include <metadata/core/movie_store.hpp>

#include <span>

namespace filmoteka::metadata {

/// Both as MovieStore says; durable when add_views_to_sqlite() returns.
Result<ViewNews> add_views_to_sqlite(sql::Database& database, std::span<const FilmViews> more);
Result<ViewNews> view_news_of_sqlite(sql::Database& database, std::int64_t after_version);

Result<std::int64_t> read_views_version(sql::Database& database);

}  // namespace filmoteka::metadata
