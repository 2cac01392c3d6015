/// The questions in SQL, over sql_table.hpp's table.
#pragma once

#include "questions.hpp"
#include "sql_connection.hpp"
#include "sql_table.hpp"

#include <string>
#include <vector>

namespace filmoteka::bench {

/// How seven disjunctive facets are asked for: by one statement for each set of filters, all pipelined, or by
/// one statement that reads the films once.
enum class FacetStyle { kPipelined, kOneStatement };

/// The last film before the page that is asked for by cursor.
struct Place {
  std::string views;
  std::string id;
};

/// All statements of one request. The first one is the page; the total, if it is asked for, is the first
/// value of the second one's first row.
std::vector<Statement> to_sql(const Ask& ask, SqlTable& table, FacetStyle style, const Place& place = {});

}  // namespace filmoteka::bench
