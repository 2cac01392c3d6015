/// After the handler, around the conditional step: the coding is chosen first because it decides the entity
/// tag that If-None-Match is compared with; the body is compressed last, when it is known to be sent.
#pragma once

#include <filmoteka/http/encoding.hpp>
#include <filmoteka/http/message.hpp>

namespace filmoteka::http {

/// Chooses the coding and sets Vary, Content-Encoding and the variant's ETag. kIdentity for what is streamed,
/// ready, small, not text, or encoded already.
Encoding choose_encoding(const Request& request, Response& response);

/// Compresses the body in place.
void encode_body(Response& response, Encoding encoding);

}  // namespace filmoteka::http
