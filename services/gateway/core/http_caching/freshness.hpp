/// How long an answer is fresh, and how old it is (RFC 9111, 4.2).
#pragma once

#include <gateway/core/http_caching/directives.hpp>

#include <chrono>

namespace filmoteka::gateway {

/// When an exchange with the origin began and ended, by the wall clock.
struct ExchangeTimes {
  std::chrono::sys_seconds request;
  std::chrono::sys_seconds response;
};

/// corrected_initial_age of 4.2.3: how old the answer was when it came. An Age or a Date that is none does
/// not count.
std::chrono::seconds initial_age(const Fields& response, const ExchangeTimes& times);

struct Lifetime {
  std::chrono::seconds span{0};
  bool is_explicit = false;  ///< the origin said so; otherwise guessed, or nothing
};
/// s-maxage, max-age, Expires (invalid or given twice: 0), in this order; otherwise a tenth of the time since
/// Last-Modified, a day at most, for statuses for which RFC 9110, 15.1 lets a cache guess, and for public
/// answers; never for one that sets a cookie.
Lifetime freshness_lifetime(int status, const Fields& response, const ResponseDirectives& directives,
                            const ExchangeTimes& times);

/// 200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501 (RFC 9110, 15.1; 206 needs a cache of parts).
bool is_heuristically_cacheable(int status);

}  // namespace filmoteka::gateway
