/// All films of a SQLite file in one state, by ranges of ids or in the order of revisions.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/database.hpp>

#include <metadata/core/movie_store.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>

namespace filmoteka::metadata {

/// One reader of all films; its work is done on the threads of `pool`. Blocking. Has a connection of its own.
Result<FilmReaders> open_sqlite_film_reader(std::shared_ptr<BlockingPool> pool,
                                            const std::filesystem::path& file);

/// Up to `parts` of them, on a pool and connections of their own. `writing` is the connection through which
/// all writes go: held up for a moment, so that all readers see one state. Blocking.
Result<FilmReaders> open_sqlite_film_readers(sql::Database& writing, const std::filesystem::path& file,
                                             std::size_t parts);

/// The same in the order of revisions, with what is beside the films. Blocking.
Result<StoreExport> open_sqlite_export(std::shared_ptr<BlockingPool> pool, const std::filesystem::path& file);

}  // namespace filmoteka::metadata
