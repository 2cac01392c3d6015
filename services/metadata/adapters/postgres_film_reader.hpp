/// All films of a PostgreSQL store in one state, by ranges of ids or in the order of revisions.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/task.hpp>
#include <filmoteka/sql/postgres/pool.hpp>

#include <metadata/core/movie_store.hpp>

#include <chrono>
#include <cstddef>
#include <memory>

namespace filmoteka::metadata {

struct PostgresReading {
  Executor executor;                        ///< of the thread to which `connections` belongs
  sql::postgres::Pool& connections;         ///< outlives the readers
  std::shared_ptr<BlockingPool> parser;     ///< where rows become films
  std::chrono::milliseconds limit{20'000};  ///< of each call
};

/// Each range has a connection of its own, and all of them the first one's snapshot; fewer than `parts` when
/// no more connections are free. A block of films is fetched while the one before it is parsed.
Task<Result<FilmReaders>> open_postgres_readers(PostgresReading reading, std::size_t parts);

/// The same in the order of revisions, on one connection, with what is beside the films.
Task<Result<StoreExport>> open_postgres_export(PostgresReading reading);

}  // namespace filmoteka::metadata
