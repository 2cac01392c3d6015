/// If-Match (RFC 9110, 13.1.1) over revisions: the ETag of a film is its revision in quotes.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/write/write.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::metadata {

std::string etag_of(domain::Revision revision);

/// Absent header, or "*": any revision will do. Weak and foreign ETags match nothing, as the RFC has it.
/// kInvalidArgument for a header that is no list of ETags.
Result<RequiredRevision> parse_if_match(std::optional<std::string_view> header);

}  // namespace filmoteka::metadata
