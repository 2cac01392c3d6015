#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <scraper/handlers/parameters.hpp>
#include <scraper/handlers/source_handlers.hpp>
#include <scraper/handlers/view_json.hpp>

namespace filmoteka::scraper {

namespace json = boost::json;

namespace {

constexpr std::size_t kHistory = 20;

Task<Result<json::object>> view_json(const RouteTargets& targets, SourceView view) {
  ListQuery query;
  query.source = view.state.name;
  query.limit = kHistory;
  FILMOTEKA_CO_TRY(auto history, co_await targets.store.runs(std::move(query)));
  // What the store knows of a run under way is of its last page: the supervisor knows more.
  if (view.current && !history.empty() && history.front().id == view.current->id)
    history.front() = *view.current;
  co_return source_json(view, history);
}

/// What was sent last of each previewed film.
Task<Result<std::vector<std::optional<domain::MovieFacts>>>> stored_films(const RouteTargets& targets,
                                                                          std::string source,
                                                                          const Preview& preview) {
  std::vector<std::string> ids;
  for (const auto& item : preview.items) ids.push_back(item.film ? item.film->source_id : std::string());
  co_return co_await targets.store.stored(std::move(source), std::move(ids));
}

Task<Result<http::Response>> set_paused(const RouteTargets& targets, Asked asked, bool paused) {
  FILMOTEKA_CO_CHECK(no_parameters(asked.query));
  FILMOTEKA_CO_CHECK(co_await targets.supervisor.set_paused(asked.name, paused));
  FILMOTEKA_CO_TRY(auto view, targets.supervisor.source(asked.name));
  FILMOTEKA_CO_TRY(const auto shown, co_await view_json(targets, std::move(view)));
  co_return http::json_response(202, json::serialize(shown));
}

}  // namespace

Task<Result<http::Response>> list_sources(const RouteTargets& targets, Asked asked) {
  FILMOTEKA_CO_CHECK(no_parameters(asked.query));
  json::array items;
  for (auto& view : targets.supervisor.sources()) {
    FILMOTEKA_CO_TRY(auto shown, co_await view_json(targets, std::move(view)));
    items.push_back(std::move(shown));
  }
  co_return http::json_response(200, json::serialize(json::object{{"items", std::move(items)}}));
}

Task<Result<http::Response>> show_source(const RouteTargets& targets, Asked asked) {
  FILMOTEKA_CO_CHECK(no_parameters(asked.query));
  FILMOTEKA_CO_TRY(auto view, targets.supervisor.source(asked.name));
  FILMOTEKA_CO_TRY(const auto shown, co_await view_json(targets, std::move(view)));
  co_return http::json_response(200, json::serialize(shown));
}

Task<Result<http::Response>> run_source_now(const RouteTargets& targets, Asked asked) {
  FILMOTEKA_CO_CHECK(no_parameters(asked.query));
  FILMOTEKA_CO_TRY(const auto id, co_await targets.supervisor.request_run(asked.name));
  auto response = http::json_response(202, json::serialize(json::object{{"run", id}}));
  response.set_header("Location", "/internal/v1/runs/" + std::to_string(id));
  co_return response;
}

Task<Result<http::Response>> pause_source(const RouteTargets& targets, Asked asked) {
  co_return co_await set_paused(targets, std::move(asked), true);
}

Task<Result<http::Response>> resume_source(const RouteTargets& targets, Asked asked) {
  co_return co_await set_paused(targets, std::move(asked), false);
}

Task<Result<http::Response>> preview_source_now(const RouteTargets& targets, Asked asked) {
  FILMOTEKA_CO_TRY(const auto limit, preview_limit(asked.query));
  FILMOTEKA_CO_TRY(const auto preview, co_await targets.supervisor.preview(asked.name, limit));
  FILMOTEKA_CO_TRY(const auto stored, co_await stored_films(targets, asked.name, preview));
  co_return http::json_response(200, json::serialize(preview_json(asked.name, preview, stored)));
}

Task<Result<http::Response>> show_saved_page(const RouteTargets& targets, Asked asked) {
  FILMOTEKA_CO_CHECK(no_parameters(asked.query));
  FILMOTEKA_CO_CHECK(targets.supervisor.source(asked.name));
  FILMOTEKA_CO_TRY(const auto saved, co_await targets.store.saved_page(asked.name));
  if (!saved) co_return not_found("Every answer of '" + asked.name + "' has been as expected so far.");
  co_return http::json_response(200, json::serialize(saved_page_json(*saved)));
}

}  // namespace filmoteka::scraper
