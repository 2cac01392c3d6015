#include <metadata/handlers/answers.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

constexpr const char* kRetryAfterSeconds = "1";

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

http::Response json_at(std::string body, domain::Revision revision) {
  http::Response response = http::json_response(200, std::move(body));
  response.set_header("ETag", "W/\"" + std::to_string(revision) + "\"");
  return response;
}

}  // namespace filmoteka::metadata
