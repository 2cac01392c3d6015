/// Writes in SQL, as durable as the service's.
#pragma once

#include "measure.hpp"
#include "sql_connection.hpp"
#include "sql_table.hpp"
#include "subjects.hpp"

#include <string>

namespace filmoteka::bench {

/// One more view of one film in each transaction, from several connections at once.
void count_views_in_sql(const std::string& url, const Plan& plan, const Report& report);
/// Batches by COPY and INSERT … ON CONFLICT; rows that say nothing new are not written.
void upsert_in_sql(SqlConnection& connection, SqlTable& table, const Plan& plan, const Report& report);

}  // namespace filmoteka::bench
