#include <gateway/adapters/metadata_origin.hpp>

#include <string>
#include <utility>

namespace filmoteka::gateway {
namespace {

std::string header_or_empty(const http::ClientResponse& response, std::string_view name) {
  const std::string* value = response.header(name);
  return value != nullptr ? *value : std::string{};
}

http::ClientRequest client_request(const OriginRequest& request) {
  http::ClientRequest out;
  out.target = request.target;
  out.deadline = request.deadline;
  out.headers = {{"Accept", "application/json"}, {"X-Request-Id", request.request_id}};
  if (!request.traceparent.empty()) out.headers.emplace_back("traceparent", request.traceparent);
  if (!request.deadline.is_never()) {
    const auto left = request.deadline.remaining().count();
    out.headers.emplace_back("X-Request-Timeout-Ms", std::to_string(left));
  }
  return out;
}

class MetadataOrigin final : public Origin {
 public:
  MetadataOrigin(std::vector<std::unique_ptr<http::Client>> clients, OriginHealth& health)
      : clients_(std::move(clients)), health_(health) {}

  Task<Result<OriginAnswer>> get(const OriginRequest& request) override {
    const std::size_t first = next_++;
    Error failure;
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      auto exchange = ask(*clients_[(first + i) % clients_.size()], request);
      Result<OriginAnswer> answer = co_await std::move(exchange);
      if (answer.has_value()) {
        health_.note_success();
        co_return answer;
      }
      failure = std::move(answer).error();
      if (failure.code == ErrorCode::kDeadlineExceeded) break;
    }
    if (failure.code == ErrorCode::kCorrupt) {
      failure = unavailable("The catalogue has a fault at the moment. Try again later.", describe(failure));
    }
    health_.note_failure(failure);
    co_return failure;
  }

 private:
  static Task<Result<OriginAnswer>> ask(http::Client& client, const OriginRequest& request) {
    auto exchange = client.send(client_request(request));
    Result<http::ClientResponse> response = co_await std::move(exchange);
    if (response.has_error()) co_return std::move(response).error();
    if (response->status >= 500) {
      co_return unavailable("The catalogue is not ready. Try again in a moment.",
                            "metadata answered " + std::to_string(response->status) + ": " + response->body);
    }
    co_return OriginAnswer{response->status,
                           header_or_empty(*response, "Content-Type"),
                           header_or_empty(*response, "ETag"),
                           header_or_empty(*response, "Link"),
                           header_or_empty(*response, "Retry-After"),
                           std::move(response->body)};
  }

  std::vector<std::unique_ptr<http::Client>> clients_;
  OriginHealth& health_;
  std::size_t next_ = 0;
};

}  // namespace

std::unique_ptr<Origin> make_metadata_origin(std::vector<std::unique_ptr<http::Client>> clients,
                                             OriginHealth& health) {
  return std::make_unique<MetadataOrigin>(std::move(clients), health);
}

}  // namespace filmoteka::gateway
