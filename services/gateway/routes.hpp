/// The public router: everything that can be reached from outside.
#pragma once

#include <filmoteka/http/router.hpp>
#include <filmoteka/kit/service.hpp>

#include <gateway/core/cors.hpp>
#include <gateway/core/site/site.hpp>
#include <gateway/handlers/admission.hpp>
#include <gateway/handlers/api.hpp>
#include <gateway/handlers/early_refusal.hpp>
#include <gateway/handlers/origin.hpp>
#include <gateway/handlers/pages.hpp>
#include <gateway/handlers/sitemaps.hpp>

#include <functional>
#include <vector>

namespace filmoteka::gateway {

/// What the routes call. All of it outlives the router.
struct RouteTargets {
  const Admission& admission;
  const Cors& cors;
  const ApiHandler& api;
  const EarlyRefusal& early_refusal;  ///< of questions that `api` would answer
  const Site& site;
  const PageHandler& pages;
  const SitemapHandler& sitemaps;
  const PublicAddress& address;
  const Variants& contract;  ///< openapi.json
  std::function<std::vector<kit::Check>()> checks;
};

void add_routes(http::Router& router, const RouteTargets& targets);

/// The router of a gateway in front of another server: all that is asked goes there.
void add_proxy(http::Router& router, const Admission& admission, const OriginHandler& proxy);

}  // namespace filmoteka::gateway
