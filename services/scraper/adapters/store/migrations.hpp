/// The schema of the outbox database, embedded from db/sqlite/scraper by the build.
#pragma once

#include <filmoteka/sql/migrations.hpp>

#include <span>

namespace filmoteka::scraper {

std::span<const sql::Migration> sqlite_migrations();

}  // namespace filmoteka::scraper
