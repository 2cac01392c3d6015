/// What a client is told about its quota: draft-ietf-httpapi-ratelimit-headers-11, and RFC 6585 for a
/// refusal.
#pragma once

#include <filmoteka/http/message.hpp>

#include <gateway/core/limits/limits.hpp>

#include <string_view>

namespace filmoteka::gateway {

/// RateLimit-Policy: "api";q=1200;w=60 and RateLimit: "api";r=1187;t=1. Structured fields (RFC 9651).
void add_limit_headers(http::Response& response, const Limits& limits, RouteClass route_class,
                       const LimitVerdict& verdict);

/// 429 with Retry-After, which is the same time as `t`: one request passes then.
http::Response limit_problem(const Limits& limits, RouteClass route_class, const LimitVerdict& verdict,
                             std::string_view request_id);

}  // namespace filmoteka::gateway
