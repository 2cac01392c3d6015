/// The schema of the metadata database on SQLite: db/sqlite/metadata, embedded.
#pragma once

#include <filmoteka/sql/migrations.hpp>

#include <span>

namespace filmoteka::metadata {

std::span<const sql::Migration> sqlite_migrations();

}  // namespace filmoteka::metadata
