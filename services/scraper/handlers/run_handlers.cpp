#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <scraper/handlers/parameters.hpp>
#include <scraper/handlers/run_handlers.hpp>
#include <scraper/handlers/view_json.hpp>

namespace filmoteka::scraper {

namespace json = boost::json;

namespace {

/// What the store knows of a run under way is of its last page: the supervisor knows more.
Run freshest(const RouteTargets& targets, Run stored) {
  auto live = targets.supervisor.live_run(stored.id);
  if (!live) return stored;
  live->delivered = stored.delivered;
  live->stored = stored.stored;
  live->known = stored.known;
  return *std::move(live);
}

}  // namespace

Task<Result<http::Response>> list_runs(const RouteTargets& targets, Asked asked) {
  FILMOTEKA_CO_TRY(auto query, list_query(asked.query, false));
  FILMOTEKA_CO_TRY(auto runs, co_await targets.store.runs(std::move(query)));
  json::array items;
  for (auto& run : runs) items.push_back(run_json(freshest(targets, std::move(run))));
  co_return http::json_response(200, json::serialize(json::object{{"items", std::move(items)}}));
}

Task<Result<http::Response>> show_run(const RouteTargets& targets, Asked asked) {
  FILMOTEKA_CO_CHECK(no_parameters(asked.query));
  FILMOTEKA_CO_TRY(const auto id, run_id(asked.name));
  FILMOTEKA_CO_TRY(auto run, co_await targets.store.run(id));
  if (!run) co_return not_found("There is no run " + std::to_string(id) + ", or it is too long ago.");
  co_return http::json_response(200, json::serialize(run_json(freshest(targets, *std::move(run)))));
}

Task<Result<http::Response>> list_rejects(const RouteTargets& targets, Asked asked) {
  FILMOTEKA_CO_TRY(auto query, list_query(asked.query, true));
  FILMOTEKA_CO_TRY(const auto rejects, co_await targets.store.rejects(std::move(query)));
  json::array items;
  for (const auto& stored : rejects) items.push_back(reject_json(stored));
  co_return http::json_response(200, json::serialize(json::object{{"items", std::move(items)}}));
}

}  // namespace filmoteka::scraper
