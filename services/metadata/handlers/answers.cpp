#include <metadata/handlers/answers.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr const char* kRetryAfterSeconds = "1";

http::Response depending_on_group(http::Response response, const Snapshot& snapshot, std::string group) {
  response.set_header("X-Catalogue-Revision", std::to_string(snapshot.revision));
  response.set_header("Cache-Groups", std::move(group));
  return response;
}

}  // namespace

http::Response problem(const Error& error, const http::Request& request) {
  http::Response response = http::problem_response(error, request.request_id);
  if (error.code == ErrorCode::kUnavailable) response.set_header("Retry-After", kRetryAfterSeconds);
  return response;
}

std::optional<http::Response> refusal(const LiveCatalogue& catalogue, const http::Request& request) {
  if (catalogue.phase() == Phase::kReady) return std::nullopt;
  return problem(unavailable("The catalogue is not ready: " + catalogue.describe_phase() + "."), request);
}

std::string etag_of(const Snapshot& snapshot) {
  return "W/\"" + std::to_string(snapshot.revision) + '"';
}

std::string etag_with_views(const Snapshot& snapshot) {
  const ViewCounts& counts = *snapshot.view_counts;
  return "W/\"" + std::to_string(snapshot.revision) + '.' + std::to_string(counts.epoch()) + '.' +
         std::to_string(counts.total()) + '.' + std::to_string(snapshot.views_order->local_total) + '"';
}

http::Response json_with(std::string body, std::string etag) {
  http::Response response = http::json_response(200, std::move(body));
  response.set_header("ETag", std::move(etag));
  return response;
}

http::Response depending_on_all(http::Response response, const Snapshot& snapshot) {
  return depending_on_group(std::move(response), snapshot, R"("movies")");
}

http::Response depending_on(http::Response response, const Snapshot& snapshot, domain::MovieId id) {
  return depending_on_group(std::move(response), snapshot, "\"movie-" + std::to_string(id) + '"');
}

}  // namespace filmoteka::metadata
