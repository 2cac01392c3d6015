/// The films of a search as items of an answer: summaries with what of them answers the query.
#pragma once

#include <metadata/core/query/place.hpp>
#include <metadata/core/search/text_matches.hpp>

#include <cstdint>
#include <span>
#include <string>

namespace filmoteka::metadata {

/// Appends `[…]`: summaries with `highlight` and, if wanted, `explain`. `fields` as ListQuery::fields.
void append_found_items(std::string& out, const Snapshot& snapshot, std::span<const FilmRef> films,
                        std::uint32_t fields, const TextMatches& text, bool explain);

/// Appends `,"corrections":{…}` if something was corrected.
void append_corrections(std::string& out, const TextMatches& text);

}  // namespace filmoteka::metadata
