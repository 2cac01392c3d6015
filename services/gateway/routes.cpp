#include <gateway/core/answer/problems.hpp>
#include <gateway/core/request/parameters.hpp>
#include <gateway/handlers/health.hpp>
#include <gateway/handlers/site.hpp>
#include <gateway/routes.hpp>

#include <functional>
#include <string>
#include <utility>

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

Task<Response> ready_task(Response response) {
  co_return response;
}

/// For handlers that always answer at once.
http::Handler as_handler(http::FastHandler fast) {
  return [fast = std::move(fast)](const Request& request) {
    return ready_task(*fast(request));
  };
}

/// An answer without parameters that is given at once.
http::FastHandler immediate(std::function<Response(const Request&)> answer) {
  return [answer = std::move(answer)](const Request& request) -> std::optional<Response> {
    if (const auto query = normal_query(request.query, {}); query.has_error()) {
      return api_problem(query.error(), request.request_id);
    }
    return answer(request);
  };
}

void add_immediate(http::Router& router, std::string pattern, http::FastHandler fast) {
  router.add(Method::kGet, std::move(pattern), as_handler(fast), fast);
}

}  // namespace

std::span<const ApiRoute> api_routes() {
  return kApiRoutes;
}

void add_routes(http::Router& router, const RouteTargets& targets) {
  const std::string api(kPublicPrefix);
  const Admission& admission = targets.admission;
  for (const ApiRoute& route : kApiRoutes) {
    const ApiHandler& handler = targets.api;
    router.add(Method::kGet, api + std::string(route.path),
               admission.asking(
                   class_of_question,
                   [&handler, &route](const Request& request) { return handler.answer(route, request); }),
               admission.ready([&handler](const Request& request) { return handler.hit(request); }));
  }
  add_immediate(router, api + "/openapi.json",
                admission.ready(immediate([&contract = targets.contract](const Request& request) {
                  return answer_from(contract, request);
                })));
  add_immediate(router, "/robots.txt",
                admission.ready(immediate([&robots = targets.robots](const Request& request) {
                  return answer_from(robots, request);
                })));
  // Without limits: who is told "too many requests" instead of "ready" takes us out of service.
  add_immediate(router, api + "/healthz", immediate([](const Request&) { return liveness(); }));
  add_immediate(router, api + "/readyz",
                immediate([checks = targets.checks](const Request&) { return readiness(checks()); }));

  const http::FastHandler site = admission.ready([&site = targets.site](const Request& request) {
    return std::optional(answer_from_site(site, request));
  });
  router.set_fallback(as_handler(site), site);
}

}  // namespace filmoteka::gateway
