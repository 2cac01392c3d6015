/// What a client gets of another server's answer: the whole, a part, or that it has it already.
#pragma once

#include <gateway/core/cache/stored_answer.hpp>
#include <gateway/core/http_caching/cache_status.hpp>

namespace filmoteka::gateway {

/// Answers the conditions and the Range of a request to read (RFC 9111, 4.3.2; RFC 9110, 14), with Age and
/// Cache-Status.
http::Response forwarded_response(const StoredAnswer& answer, const http::Request& request,
                                  const CacheStatus& status, SteadyTime now);

}  // namespace filmoteka::gateway
