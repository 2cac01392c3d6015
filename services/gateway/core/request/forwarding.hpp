/// A client's request as it goes on to another server: built anew.
#pragma once

#include <gateway/core/cache/http_cache.hpp>

namespace filmoteka::gateway {

/// Its end-to-end fields (RFC 9110, 7.6.1) with Via and our request id; framing, Host and Expect are made
/// anew by who sends it. Fields by which a client claims to have asked for something else (X-Forwarded-Host,
/// X-HTTP-Method-Override, …) stay here: they are no part of the key. The key is the target as it came: what
/// differs for the origin differs for the cache.
HttpCache::Question forwarded_question(const http::Request& request);

/// Whether a request can be answered by what is fresh in the cache, without looking any further: it reads,
/// and asks neither the cache nor the origin for anything special.
bool wants_what_is_there(const http::Request& request);

}  // namespace filmoteka::gateway
