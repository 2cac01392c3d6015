#include <gateway/adapters/http_origin.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

/// Where the server is, is nobody's business: it is in the detail, for the log.
Error public_error(const Error& error) {
  if (error.code == ErrorCode::kDeadlineExceeded) {
    return deadline_exceeded("The server behind this gateway took too long to answer.", describe(error));
  }
  if (error.code == ErrorCode::kCorrupt || error.code == ErrorCode::kUnavailable) {
    return unavailable("The server behind this gateway cannot be reached at the moment.", describe(error));
  }
  return error;
}

}  // namespace

Task<Result<OriginAnswer>> HttpOrigin::send(const OriginRequest& request) {
  http::ClientRequest out;
  out.method = request.method;
  out.method_name = request.method_name;
  out.target = request.target;
  out.headers = request.headers;
  out.body = request.body;
  out.deadline = request.deadline;
  auto sending = client_->send(std::move(out));
  Result<http::ClientResponse> answer = co_await std::move(sending);
  if (answer.has_error()) co_return public_error(answer.error());
  co_return OriginAnswer{answer->status, std::move(answer->headers), std::move(answer->body)};
}

}  // namespace filmoteka::gateway
