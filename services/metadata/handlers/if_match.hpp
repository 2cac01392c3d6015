/// If-Match (RFC 9110, 13.1.1) over revisions. The ETag of a film is "REVISION.VIEWS": views change what is
/// shown but are no revision, and who edits a film need not care for them.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>
#include <filmoteka/http/message.hpp>

#include <metadata/core/query/execute.hpp>
#include <metadata/core/write/write.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::metadata {

std::string etag_of(const FoundMovie& movie);

/// All If-Match lines of the request as the one list that they are (RFC 9110, 5.3); nullopt: there is none.
std::optional<std::string> if_match_of(const http::Request& request);

/// Absent header, or "*": any revision will do. Of an ETag only the revision counts; "17" is good too. Weak
/// and foreign ETags ("17.x") match nothing, as the RFC has it. kInvalidArgument for a header that is no list
/// of ETags.
Result<RequiredRevision> parse_if_match(std::optional<std::string_view> header);

}  // namespace filmoteka::metadata
