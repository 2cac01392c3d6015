/// The body of a page.
#pragma once

#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/place.hpp>

#include <span>
#include <string>

namespace filmoteka::metadata {

/// Appends MoviePage of the contract: `{"items":[…],"page":{…}}`.
void append_page(std::string& out, const Snapshot& snapshot, std::span<const FilmRef> films,
                 const ListQuery& query, const ListResult& result);

/// Appends `[…]`: the films' summaries, with the views of now.
void append_summaries(std::string& out, const Snapshot& snapshot, std::span<const FilmRef> films,
                      std::uint32_t fields);

}  // namespace filmoteka::metadata
