/// The scraper's internal API.
#pragma once

#include <filmoteka/http/router.hpp>

#include <scraper/handlers/targets.hpp>

namespace filmoteka::scraper {

void add_routes(http::Router& router, const RouteTargets& targets);

}  // namespace filmoteka::scraper
