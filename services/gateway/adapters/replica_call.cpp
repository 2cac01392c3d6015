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

std::string why(const Result<http::ClientResponse>& response) {
  if (response.has_error()) return response.error().message;
  return is_fault(response->status) ? "It answers " + std::to_string(response->status) + "." : std::string{};
}

}  // namespace filmoteka::gateway
