/// Films as rows of PostgreSQL's tables, both ways: sets of films as arrays of columns.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>
#include <filmoteka/sql/postgres/parameters.hpp>
#include <filmoteka/sql/postgres/rows.hpp>

#include <metadata/core/write/holdings.hpp>
#include <metadata/core/write/plan.hpp>

#include <span>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// "SELECT …": the columns of read_postgres_movie(), of `movies m LEFT JOIN local_views v`.
#define FILMOTEKA_POSTGRES_MOVIE_COLUMNS                                                                    \
  "m.id, m.source, m.source_id, m.source_url, m.title, m.original_title, m.year, m.image_url, "             \
  "m.thumbnail_url,"                                                                                        \
  " m.views, m.duration_seconds, m.description, m.genres, m.rating, m.age_rating, m.countries, m.\"cast\"," \
  " m.aliases, m.external_ids, m.is_active, m.edits, m.added_at, m.updated_at, m.revision,"                 \
  " coalesce(v.views, 0), CASE WHEN m.record_count > 0 THEN ARRAY(SELECT r.facts FROM source_records r"     \
  " WHERE r.movie_id = m.id ORDER BY r.position) END"

/// kCorrupt: a JSON text in it is none.
Result<domain::Movie> read_postgres_movie(const sql::postgres::Rows& rows, std::size_t row);
Result<std::vector<domain::Movie>> read_postgres_movies(const sql::postgres::Rows& rows);

/// Looks for all that `needs` names; read_needs() gives the rows of these statements to `held`.
/// `remembered_since`: milliseconds since 1970; idempotency keys that are older are forgotten.
void add_needs(sql::postgres::Batch& batch, const Needs& needs, std::int64_t remembered_since);
Result<void> read_needs(std::span<const sql::postgres::Rows> rows, const Needs& needs, Holdings& held);

/// The statements that write the plan, a set of rows each.
sql::postgres::Batch statements_of(const WritePlan& plan, Timestamp now);

}  // namespace filmoteka::metadata
