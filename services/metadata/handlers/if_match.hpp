/// If-Match (RFC 9110, 13.1.1) over revisions. The ETag of a film is "REVISION.VIEWS": views change what is
/// shown but are no revision, and who edits a film need not care for them.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <metadata/core/query/execute.hpp>
#include <metadata/core/write/write.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::metadata {

std::string etag_of(const FoundMovie& movie);

/// Absent header, or "*": any revision will do. Of an ETag only the revision counts; "17" is good too. Weak
/// and foreign ETags match nothing, as the RFC has it. kInvalidArgument for a header that is no list of
/// ETags.
Result<RequiredRevision> parse_if_match(std::optional<std::string_view> header);

}  // namespace filmoteka::metadata
