/// The text search as plainly as it can be said: each film is read and judged by itself. What the index is
/// compared with; it knows nothing of corrections.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/search/text_ranks.hpp>

#include <optional>
#include <string>

namespace filmoteka::metadata::testing {

/// nullopt: the film does not answer.
std::optional<TextRank> naive_rank(const domain::Movie& movie, const std::string& q);

}  // namespace filmoteka::metadata::testing
