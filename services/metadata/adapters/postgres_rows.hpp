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
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

// Statements whose rows are films, for read_postgres_movie(): the films of ids $1 to $2, at most $3 in the
// order of their ids; the film of id $1; those after revision $1, at most $2 in the order of revisions; those
// of the records (source, source_id) $1 and $2, and of the ids $3.
extern const std::string_view kSelectBlock;
extern const std::string_view kSelectFilm;
extern const std::string_view kSelectNews;
extern const std::string_view kSelectWanted;
/// Writes match keys: hashes $1, films $2, years $3.
inline constexpr std::string_view kInsertMatchKeys =
    "INSERT INTO match_keys (match_key, movie_id, year) SELECT * FROM unnest($1, $2, $3)";
/// Of the rows of those that select films; the film's id is column 0.
inline constexpr int kRevisionColumn = 23;

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
