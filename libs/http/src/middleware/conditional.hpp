/// Between the choice of the coding and the compression: an answer that the client already has is not worth
/// compressing.
#pragma once

#include <filmoteka/http/message.hpp>

namespace filmoteka::http {

/// Turns a 200 to GET or HEAD whose ETag the client names in If-None-Match into a 304 that keeps the headers
/// about caching (RFC 9110, 15.4.5).
void answer_if_unchanged(const Request& request, Response& response);

}  // namespace filmoteka::http
