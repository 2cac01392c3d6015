#include <filmoteka/async/runtime.hpp>

#include <scraper/handlers/run_handlers.hpp>
#include <scraper/handlers/source_handlers.hpp>
#include <scraper/routes.hpp>

namespace filmoteka::scraper {

namespace {

/// What a handler needs of a request, copied: it goes to another thread.
using Action = Task<Result<http::Response>> (*)(const RouteTargets& targets, Asked asked);

Task<http::Response> answer(RouteTargets targets, Action action, const http::Request& request) {
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
