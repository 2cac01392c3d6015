/// Routes for people to read.
#pragma once

#include <gateway/core/api_origin.hpp>
#include <gateway/core/limits/limits.hpp>
#include <gateway/core/route_table.hpp>

#include <iosfwd>

namespace filmoteka::gateway {

/// Two indented lines: whose quota its requests are counted against, and how long its answers may be used.
void write_facts(const RouteFacts& route, const LimitSettings& limits, const Freshness& freshness,
                 std::ostream& out);

/// All routes with their parameters and their facts.
void write_routes(const LimitSettings& limits, const Freshness& freshness, std::ostream& out);

}  // namespace filmoteka::gateway
