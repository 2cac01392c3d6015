/// How the PostgreSQL store connects, and what happens before it is used.
#pragma once

#include <filmoteka/sql/postgres/pool.hpp>

#include <scraper/adapters/store/postgres_store.hpp>

#include <string>
#include <vector>

namespace filmoteka::scraper::postgres {

sql::postgres::PoolSettings pool_settings(const PostgresStoreSettings& settings);

/// host:process:random; nobody else is called so.
std::string name_of_this_process();

/// Brings the schema up to date. Returns the names of the migrations that it, and no other at the same time,
/// has applied.
Task<Result<std::vector<std::string>>> migrate(sql::postgres::Pool& pool,
                                               const PostgresStoreSettings& settings, const Clock& clock);

}  // namespace filmoteka::scraper::postgres
