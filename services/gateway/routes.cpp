#include <gateway/core/answer/headers.hpp>
#include <gateway/core/answer/problems.hpp>
#include <gateway/core/page/page_address.hpp>
#include <gateway/core/request/parameters.hpp>
#include <gateway/core/route_table.hpp>
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

/// What the router says itself of an address of the API is an answer of the API too.
void dress_own_answers(http::Router& router, const Cors& cors) {
  router.set_own_answer_filter([&cors](const Request& request, Response response) {
    if (!is_api_path(request.path)) return response;
    return cors.answer(request, with_api_headers(std::move(response)));
  });
}

void add_to_api(http::Router& router, const Cors& cors, const ApiRoute& route, http::Handler handler,
                http::FastHandler fast) {
  const std::string pattern = public_pattern(route);
  add_preflight(router, cors, pattern, "GET, HEAD");
  router.add(Method::kGet, pattern, across_origins(cors, std::move(handler)),
             [&cors, fast = std::move(fast)](const Request& request) {
               std::optional<Response> response = fast(request);
               if (response) response = cors.answer(request, std::move(*response));
               return response;
             });
}

/// Sitemaps are work, pages are files with a little more in them.
RouteClass class_of_page(const Request& request) {
  return sitemap_number(request.path) ? RouteClass::kApi : RouteClass::kCached;
}

/// Everything that is no route.
void add_web_app(http::Router& router, const RouteTargets& targets) {
  const auto ready = [&pages = targets.pages, &cors = targets.cors](const Request& request) {
    std::optional<Response> response = pages.ready(request);
    if (response && is_api_path(request.path)) response = cors.answer(request, std::move(*response));
    return response;
  };
  const auto answer = [&pages = targets.pages, &sitemaps = targets.sitemaps](const Request& request) {
    return sitemap_number(request.path) ? sitemaps.answer(request) : pages.answer(request);
  };
  router.set_fallback(targets.admission.asking(class_of_page, answer), targets.admission.ready(ready));
}

}  // namespace

void add_routes(http::Router& router, const RouteTargets& targets) {
  const Admission& admission = targets.admission;
  const Cors& cors = targets.cors;
  for (const ApiRoute& route : api_routes()) {
    const ApiHandler& handler = targets.api;
    const auto ask = [&handler, &route](const Request& request) {
      return handler.answer(route, request);
    };
    const auto find = [&handler, &route, &early = targets.early_refusal](const Request& request) {
      std::optional<Response> hit = handler.hit(request);
      return hit ? std::move(hit) : early.refuse(route, request);
    };
    add_to_api(router, cors, route, admission.asking(class_of_question, ask), admission.ready(find));
  }
  const auto count_view = [&api = targets.api](const Request& request) {
    return api.count_view(request);
  };
  const auto views = [](const Request&) {
    return RouteClass::kViews;
  };
  const std::string views_of_film = public_pattern(kViewsRoute);
  add_preflight(router, cors, views_of_film, "POST");
  router.add(Method::kPost, views_of_film, across_origins(cors, admission.asking(views, count_view)));
  const auto contract = admission.ready(immediate(
      [&contract = targets.contract](const Request& request) { return answer_from(contract, request); }));
  add_to_api(router, cors, kContractRoute, as_handler(contract), contract);
  // Without limits: who is told "too many requests" instead of "ready" takes us out of service.
  const auto alive = immediate([](const Request&) { return liveness(); });
  add_to_api(router, cors, kAliveRoute, as_handler(alive), alive);
  const auto ready = immediate([checks = targets.checks](const Request&) { return readiness(checks()); });
  add_to_api(router, cors, kReadyRoute, as_handler(ready), ready);

  add_immediate(router, std::string(kRobotsPath),
                admission.ready(immediate([&address = targets.address](const Request& request) {
                  return robots(address, request);
                })));
  const http::FastHandler docs = admission.ready([&site = targets.site](const Request& request) {
    return std::optional(answer_from(site.docs(), request));
  });
  add_immediate(router, std::string(kDocsPath), docs);
  add_immediate(router, public_pattern(kDocsRoute), docs);
  add_web_app(router, targets);
  dress_own_answers(router, cors);
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
