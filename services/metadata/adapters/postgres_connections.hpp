/// How a PostgreSQL store connects.
#pragma once

#include <filmoteka/sql/postgres/pool.hpp>

#include <metadata/adapters/postgres_movie_store.hpp>

#include <string_view>

namespace filmoteka::metadata {

/// The connections of a store, apart by what they are for: none waits for a slow one of another kind.
struct StoreConnections {
  sql::postgres::PoolSettings work;  ///< writes, views, single films: short
  sql::postgres::PoolSettings feed;  ///< what is new: must not wait for anybody
  sql::postgres::PoolSettings bulk;  ///< all films (load, exports, copies) and the schema: long
};

/// `application`: what they are called in pg_stat_activity.
StoreConnections connections_of(const PostgresStoreSettings& settings, std::string_view application);

}  // namespace filmoteka::metadata
