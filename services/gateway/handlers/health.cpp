#include <boost/json.hpp>
#include <gateway/core/answer/headers.hpp>
#include <gateway/handlers/health.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

namespace json = boost::json;

http::Response health(bool ok, json::object document) {
  document["status"] = ok ? "ok" : "unavailable";
  http::Response response = with_api_headers(http::json_response(ok ? 200 : 503, json::serialize(document)));
  response.set_header("Cache-Control", "no-store");
  return response;
}

}  // namespace

http::Response liveness() {
  return health(true, {});
}

http::Response readiness(const std::vector<kit::Check>& checks) {
  json::object messages;
  for (const kit::Check& check : checks) messages[check.name] = check.message;
  const bool ok = std::ranges::all_of(checks, &kit::Check::ok);
  return health(ok, {{"checks", std::move(messages)}});
}

}  // namespace filmoteka::gateway
