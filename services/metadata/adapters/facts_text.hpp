/// A source's record in one column: the JSON of an upsert's row.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <string>
#include <string_view>

namespace filmoteka::metadata {

std::string facts_to_text(const domain::MovieFacts& facts);
/// kCorrupt: it is none.
Result<domain::MovieFacts> facts_from_text(std::string_view text);

}  // namespace filmoteka::metadata
