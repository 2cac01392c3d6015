#include <gateway/core/answer/problems.hpp>
#include <gateway/core/request/parameters.hpp>
#include <gateway/handlers/health.hpp>
#include <gateway/handlers/site.hpp>
#include <gateway/routes.hpp>

#include <string>

namespace filmoteka::gateway {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::string_view kMoviesParameters[] = {
    "q",           "genre",         "genre_not",  "year",          "year_from",   "year_to",
    "rating_from", "rating_to",     "views_from", "duration_from", "duration_to", "added_from",
    "added_to",    "age_rating_to", "source",     "has_image",     "sort",        "page",
    "per_page",    "fields",        "count",      "cursor",        "facets"};
constexpr std::string_view kSimilarParameters[] = {"limit"};
constexpr std::string_view kSuggestParameters[] = {"q", "limit"};

/// Only these paths, and only these parameters, ever reach the metadata service.
// clang-format off
constexpr ApiRoute kApiRoutes[] = {
    {"/movies", kMoviesParameters},
    {"/movies/{id}"},
    {"/movies/{id}/similar", kSimilarParameters},
    {"/suggest", kSuggestParameters},
    {"/genres"},
};
// clang-format on

/// For routes without parameters that are answered at once.
using Immediate = std::function<Response(const Request&)>;

Task<Response> ready_task(Response response) {
  co_return response;
}

void add_immediate(http::Router& router, std::string pattern, Immediate answer) {
  http::FastHandler fast = [answer = std::move(answer)](const Request& request) -> std::optional<Response> {
    if (const auto query = normal_query(request.query, {}); query.has_error()) {
      return api_problem(query.error(), request.request_id);
    }
    return answer(request);
  };
  http::Handler handler = [fast](const Request& request) -> Task<Response> {
    return ready_task(*fast(request));
  };
  router.add(Method::kGet, std::move(pattern), std::move(handler), std::move(fast));
}

}  // namespace

std::span<const ApiRoute> api_routes() {
  return kApiRoutes;
}

void add_routes(http::Router& router, const RouteTargets& targets) {
  const std::string api(kPublicPrefix);
  for (const ApiRoute& route : kApiRoutes) {
    const ApiHandler& handler = targets.api;
    router.add(
        Method::kGet, api + std::string(route.path),
        [&handler, &route](const Request& request) { return handler.answer(route, request); },
        [&handler](const Request& request) { return handler.hit(request); });
  }
  add_immediate(router, api + "/openapi.json", [&contract = targets.contract](const Request& request) {
    return answer_from(contract, request);
  });
  add_immediate(router, api + "/healthz", [](const Request&) { return liveness(); });
  add_immediate(router, api + "/readyz",
                [checks = targets.checks](const Request&) { return readiness(checks()); });
  add_immediate(router, "/robots.txt",
                [&robots = targets.robots](const Request& request) { return answer_from(robots, request); });

  const auto site = [&site = targets.site](const Request& request) {
    return answer_from_site(site, request);
  };
  router.set_fallback([site](const Request& request) { return ready_task(site(request)); },
                      [site](const Request& request) { return std::optional(site(request)); });
}

}  // namespace filmoteka::gateway
