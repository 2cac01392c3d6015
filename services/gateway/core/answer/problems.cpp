#include <boost/json.hpp>
#include <gateway/core/answer/headers.hpp>
#include <gateway/core/answer/problems.hpp>

#include <string>
#include <utility>

namespace filmoteka::gateway {
namespace {

namespace json = boost::json;

/// Soon enough to notice that a service is back, late enough not to hammer it.
constexpr const char* kRetryAfterSeconds = "2";

Error error_of(int status) {
  if (status == 404) return not_found("There is nothing at this address.");
  if (status == 429) return {ErrorCode::kTooManyRequests, "Too many requests. Try again later.", {}, {}};
  return invalid_argument("The request is not valid.");
}

}  // namespace

http::Response api_problem(const Error& error, std::string_view request_id) {
  http::Response response = with_api_headers(http::problem_response(error, request_id));
  if (response.status == 503 || response.status == 504)
    response.set_header("Retry-After", kRetryAfterSeconds);
  return response;
}

http::Response passed_on_problem(const StoredAnswer& answer, std::string_view request_id) {
  http::Response response = api_problem(error_of(answer.status), request_id);
  const Fields fields(answer.fields);
  if (const auto wait = fields.first("Retry-After")) response.set_header("Retry-After", std::string(*wait));
  boost::system::error_code error;
  json::value document = json::parse(answer.body(), error);
  const bool is_problem = fields.first("Content-Type").value_or("").starts_with("application/problem+json");
  if (error || !document.is_object() || !is_problem) {
    return response;
  }
  document.as_object()["request_id"] = request_id;
  response.body = json::serialize(document);
  return response;
}

}  // namespace filmoteka::gateway
