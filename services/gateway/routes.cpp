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
constexpr std::string_view kFilmParameters[] = {"include"};
constexpr std::string_view kSimilarParameters[] = {"limit"};
constexpr std::string_view kSuggestParameters[] = {"q", "limit"};

/// Only these paths, and only these parameters, ever reach the metadata service. /home and `include` do not:
/// what they show is put together here.
// clang-format off
constexpr ApiRoute kApiRoutes[] = {
    {"/movies", kMoviesParameters},
    {"/movies/{id}", kFilmParameters},
    {"/movies/{id}/similar", kSimilarParameters},
    {"/suggest", kSuggestParameters},
    {"/genres"},
    {"/home"},
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

Task<Response> answer_across_origins(const Cors& cors, const http::Handler& handler, const Request& request) {
  auto answering = handler(request);
  co_return cors.answer(request, co_await std::move(answering));
}

/// Answers of the API may be read by other sites' pages, as far as they are allowed to.
http::Handler across_origins(const Cors& cors, http::Handler handler) {
  return [&cors, handler = std::move(handler)](const Request& request) {
    return answer_across_origins(cors, handler, request);
  };
}

/// Says that pages of other sites may use these methods.
void add_preflight(http::Router& router, const Cors& cors, const std::string& pattern,
                   std::string_view methods) {
  const http::FastHandler preflight = [&cors, methods](const Request& request) {
    return std::optional(cors.preflight(request, methods));
  };
  router.add(Method::kOptions, pattern, as_handler(preflight), preflight);
}

void add_to_api(http::Router& router, const Cors& cors, std::string_view path, http::Handler handler,
                http::FastHandler fast) {
  const std::string pattern = std::string(kPublicPrefix) + std::string(path);
  add_preflight(router, cors, pattern, "GET, HEAD");
  router.add(Method::kGet, pattern, across_origins(cors, std::move(handler)),
             [&cors, fast = std::move(fast)](const Request& request) {
               std::optional<Response> response = fast(request);
               if (response) response = cors.answer(request, std::move(*response));
               return response;
             });
}

}  // namespace

std::span<const ApiRoute> api_routes() {
  return kApiRoutes;
}

void add_routes(http::Router& router, const RouteTargets& targets) {
  const Admission& admission = targets.admission;
  const Cors& cors = targets.cors;
  for (const ApiRoute& route : kApiRoutes) {
    const ApiHandler& handler = targets.api;
    const auto ask = [&handler, &route](const Request& request) {
      return handler.answer(route, request);
    };
    const auto find = [&handler](const Request& request) {
      return handler.hit(request);
    };
    add_to_api(router, cors, route.path, admission.asking(class_of_question, ask), admission.ready(find));
  }
  const auto count_view = [&api = targets.api](const Request& request) {
    return api.count_view(request);
  };
  const auto views = [](const Request&) {
    return RouteClass::kViews;
  };
  const std::string views_of_film = std::string(kPublicPrefix) + std::string("/movies/{id}/views");
  add_preflight(router, cors, views_of_film, "POST");
  router.add(Method::kPost, views_of_film, across_origins(cors, admission.asking(views, count_view)));
  const auto contract = admission.ready(immediate(
      [&contract = targets.contract](const Request& request) { return answer_from(contract, request); }));
  add_to_api(router, cors, "/openapi.json", as_handler(contract), contract);
  // Without limits: who is told "too many requests" instead of "ready" takes us out of service.
  const auto alive = immediate([](const Request&) { return liveness(); });
  add_to_api(router, cors, "/healthz", as_handler(alive), alive);
  const auto ready = immediate([checks = targets.checks](const Request&) { return readiness(checks()); });
  add_to_api(router, cors, "/readyz", as_handler(ready), ready);

  add_immediate(router, "/robots.txt",
                admission.ready(immediate([&robots = targets.robots](const Request& request) {
                  return answer_from(robots, request);
                })));
  const http::FastHandler site = admission.ready([&site = targets.site](const Request& request) {
    return std::optional(answer_from_site(site, request));
  });
  router.set_fallback(as_handler(site), site);
}

void add_proxy(http::Router& router, const Admission& admission, const OriginHandler& proxy) {
  const auto ask = [&proxy](const Request& request) {
    return proxy.answer(request);
  };
  const auto find = [&proxy](const Request& request) {
    return proxy.hit(request);
  };
  router.set_catch_all(admission.asking(class_of_question, ask), admission.ready(find));
}

}  // namespace filmoteka::gateway
