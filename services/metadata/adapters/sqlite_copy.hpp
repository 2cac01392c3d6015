/// What a copy of a catalogue needs of a SQLite store beyond its films. Blocking. As CopyableStore says.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/database.hpp>

#include <metadata/core/copy/copyable_store.hpp>

#include <span>
#include <string>

namespace filmoteka::metadata {

Result<CopyMark> copy_mark_of_sqlite(sql::Database& database);
Result<Surroundings> surroundings_of_sqlite(sql::Database& database);

Result<void> begin_copy_to_sqlite(sql::Database& database, const std::string& secret);
Result<void> set_views_in_sqlite(sql::Database& database, std::span<const FilmViews> views);
Result<void> set_surroundings_in_sqlite(sql::Database& database, const Surroundings& surroundings);
Result<void> end_copy_to_sqlite(sql::Database& database, const Counters& counters);

}  // namespace filmoteka::metadata
