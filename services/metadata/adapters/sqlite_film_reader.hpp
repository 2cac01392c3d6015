/// All films of a SQLite file in one state.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/base/result.hpp>

#include <metadata/core/movie_store.hpp>

#include <filesystem>
#include <memory>

namespace filmoteka::metadata {

/// Has a connection of its own, used on `pool`'s thread only. `pool` and the caller's coroutine outlive it.
Task<Result<std::unique_ptr<FilmReader>>> open_sqlite_film_reader(BlockingPool& pool,
                                                                  std::filesystem::path file);

}  // namespace filmoteka::metadata
