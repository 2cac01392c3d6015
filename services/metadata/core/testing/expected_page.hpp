/// Bodies of lists as the oracle would write them.
#pragma once

#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/query/list_query.hpp>
#include <metadata/core/testing/oracle.hpp>

#include <string>

namespace filmoteka::metadata::testing {

/// The MoviePage with the films of `page`, in compact JSON, without its cursors.
std::string expected_page(const Oracle& oracle, const ListQuery& query, const Oracle::Page& page);

/// The query with what its `q` was corrected to: what the oracle, which corrects nothing, is to be asked.
ListQuery as_searched(const Snapshot& snapshot, const ListQuery& query);

/// A body as list_movies() writes it, in the same form, without what only a search adds. Throws if it has no
/// cursors.
std::string without_cursors(const std::string& body);

}  // namespace filmoteka::metadata::testing
