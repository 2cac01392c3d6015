#include <gateway/adapters/http_origin.hpp>

#include <utility>

namespace filmoteka::gateway {

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
  if (answer.has_error()) co_return std::move(answer).error();
  co_return OriginAnswer{answer->status, std::move(answer->headers), std::move(answer->body)};
}

}  // namespace filmoteka::gateway
