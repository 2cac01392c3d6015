#include <filmoteka/async/runtime.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <scraper/handlers/browser_guard.hpp>
#include <scraper/handlers/page/page_routes.hpp>
#include <scraper/handlers/run_handlers.hpp>
#include <scraper/handlers/source_handlers.hpp>
#include <scraper/routes.hpp>

namespace filmoteka::scraper {

namespace {

/// What a handler needs of a request, copied: it goes to another thread.
using Action = Task<Result<http::Response>> (*)(const RouteTargets& targets, Asked asked);

http::Response refusal(std::string why, std::string_view request_id) {
  const boost::json::object problem{{"type", "urn:filmoteka:problem:forbidden"},
                                    {"title", "Forbidden"},
                                    {"status", 403},
                                    {"detail", why},
                                    {"request_id", request_id}};
  auto response = http::json_response(403, boost::json::serialize(problem));
  response.set_header("Content-Type", "application/problem+json");
  return response;
}

Task<http::Response> answer(RouteTargets targets, Action action, const http::Request& request) {
  if (auto why = why_refused(request, targets.host)) co_return refusal(std::move(*why), request.request_id);
  Asked asked;
  asked.query = std::string(request.query);
  if (!request.path_values.empty()) asked.name = request.path_values.front();
  auto work = action(targets, std::move(asked));
  auto moved = run_on(targets.executor, std::move(work));
  auto outcome = co_await std::move(moved);
  if (outcome.has_error()) co_return http::problem_response(outcome.error(), request.request_id);
  co_return std::move(*outcome);
}

}  // namespace

void add_routes(http::Router& router, const RouteTargets& targets) {
  const auto add = [&](http::Method method, const char* pattern, Action action) {
    router.add(method, std::string("/internal/v1") + pattern,
               [targets, action](const http::Request& request) { return answer(targets, action, request); });
  };
  add_page(router);
  add(http::Method::kGet, "/sources", &list_sources);
  add(http::Method::kGet, "/sources/{name}", &show_source);
  add(http::Method::kPost, "/sources/{name}/run", &run_source_now);
  add(http::Method::kPost, "/sources/{name}/pause", &pause_source);
  add(http::Method::kPost, "/sources/{name}/resume", &resume_source);
  add(http::Method::kPost, "/sources/{name}/preview", &preview_source_now);
  add(http::Method::kGet, "/sources/{name}/saved-page", &show_saved_page);
  add(http::Method::kGet, "/runs", &list_runs);
  add(http::Method::kGet, "/runs/{id}", &show_run);
  add(http::Method::kGet, "/rejects", &list_rejects);
}

}  // namespace filmoteka::scraper
