/// The body of a page.
#pragma once

#include <metadata/core/query/execute.hpp>
#include <metadata/core/query/place.hpp>

#include <span>
#include <string>

namespace filmoteka::metadata {

/// A film with the views of now.
FilmJson json_of(const Snapshot& snapshot, const FilmRef& film);

/// Appends MoviePage of the contract: `{"items":[…],"page":{…}}`. `text`: what was searched; null: nothing.
void append_page(std::string& out, const Snapshot& snapshot, std::span<const FilmRef> films,
                 const ListQuery& query, const TextMatches* text, const ListResult& result);

/// Appends `[…]`: the films' summaries, with the views of now.
void append_summaries(std::string& out, const Snapshot& snapshot, std::span<const FilmRef> films,
                      std::uint32_t fields);

}  // namespace filmoteka::metadata
