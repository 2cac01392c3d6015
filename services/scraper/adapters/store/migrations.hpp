/// The schemas of the scraper's memory: db/sqlite/scraper and db/postgresql/scraper, embedded.
#pragma once

#include <filmoteka/sql/migrations.hpp>

#include <span>

namespace filmoteka::scraper {

std::span<const sql::Migration> sqlite_migrations();
std::span<const sql::Migration> postgres_migrations();

}  // namespace filmoteka::scraper
