#include <filmoteka/telemetry/trace_context.hpp>

#include <gateway/adapters/replica_call.hpp>

#include <algorithm>

namespace filmoteka::gateway {
namespace {

using std::chrono::milliseconds;

bool is_fault(int status) {
  constexpr int kNotImplemented = 501;
  return status >= 500 && status != kNotImplemented;
}

milliseconds to_pass_on(milliseconds left) {
  constexpr milliseconds kAtMost{20};
  return left - std::min(left / 20 + milliseconds(1), kAtMost);
}

constexpr std::string_view kTraceparent = "traceparent";

std::optional<telemetry::Trace> trace_of(const OriginRequest& request) {
  const auto header = std::ranges::find(request.headers, kTraceparent, &http::Headers::value_type::first);
  return header == request.headers.end() ? std::nullopt : telemetry::parse_traceparent(header->second);
}

}  // namespace

http::ClientRequest client_request(const OriginRequest& request, Deadline deadline, SteadyTime now) {
  http::ClientRequest out;
  out.method = request.method;
  out.method_name = request.method_name;
  out.target = request.target;
  out.headers = request.headers;
  out.body = request.body;
  out.deadline = deadline;
  if (!deadline.is_never()) {
    const milliseconds left = std::max(to_pass_on(deadline.remaining(now)), milliseconds(1));
    out.headers.emplace_back("X-Request-Timeout-Ms", std::to_string(left.count()));
  }
  return out;
}

Result<http::ClientResponse> unless_refused(Result<http::ClientResponse> response) {
  constexpr int kUnauthorized = 401;
  if (response.has_error() || response->status != kUnauthorized) return response;
  return unavailable("It does not know our token: internal_token differs there.");
}

Error for_the_public(Error error) {
  std::string detail = describe(error);
  error.message = error.code == ErrorCode::kDeadlineExceeded
                      ? "The catalogue did not answer in time. Try again in some seconds."
                      : "The catalogue cannot be reached at the moment. Try again in some seconds.";
  error.detail = std::move(detail);
  return error;
}

CallEnd end_of(const Result<http::ClientResponse>& response, std::chrono::nanoseconds took,
               std::chrono::nanoseconds patience) {
  if (response.has_value()) return is_fault(response->status) ? CallEnd::kFault : CallEnd::kAnswered;
  switch (response.error().code) {
    case ErrorCode::kDeadlineExceeded:
      return took >= patience ? CallEnd::kSilence : CallEnd::kGivenUp;
    case ErrorCode::kUnavailable:
    case ErrorCode::kCorrupt:
      return CallEnd::kSilence;
    default:
      return CallEnd::kGivenUp;
  }
}

std::shared_ptr<const http::AnswerSource::Upstream> upstream_of(std::string address,
                                                                const OriginRequest& request,
                                                                std::chrono::nanoseconds took) {
  http::AnswerSource::Upstream upstream{std::move(address), {}, took};
  if (const auto trace = trace_of(request)) upstream.trace_id = trace->id_view();
  return std::make_shared<const http::AnswerSource::Upstream>(std::move(upstream));
}

std::string why(const Result<http::ClientResponse>& response) {
  if (response.has_error()) return response.error().message;
  return is_fault(response->status) ? "It answers " + std::to_string(response->status) + "." : std::string{};
}

}  // namespace filmoteka::gateway
