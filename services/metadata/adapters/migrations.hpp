/// The schemas of the metadata database: db/sqlite/metadata and db/postgresql/metadata, embedded.
#pragma once

#include <filmoteka/sql/migration.hpp>

#include <span>

namespace filmoteka::metadata {

std::span<const sql::Migration> sqlite_migrations();
std::span<const sql::Migration> postgres_migrations();

}  // namespace filmoteka::metadata
