#include <gateway/adapters/metadata_origin.hpp>

#include <string>
#include <utility>

namespace filmoteka::gateway {
namespace {

http::ClientRequest client_request(const OriginRequest& request) {
  http::ClientRequest out;
  out.method = request.method;
  out.method_name = request.method_name;
  out.target = request.target;
  out.headers = request.headers;
  out.body = request.body;
  out.deadline = request.deadline;
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

  Task<Result<OriginAnswer>> send(const OriginRequest& request) override {
    const std::size_t first = next_++;
    Result<OriginAnswer> answer = unavailable("No metadata service is known.");
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      auto exchange = ask(*clients_[(first + i) % clients_.size()], request);
      answer = co_await std::move(exchange);
      if (answer.has_value() && answer->status < 500) {
        health_.note_success();
        co_return answer;
      }
      if (answer.has_error() && answer.error().code == ErrorCode::kDeadlineExceeded) break;
    }
    health_.note_failure(answer.has_error() ? answer.error() : fault_of(*answer));
    co_return answer;
  }

 private:
  static Task<Result<OriginAnswer>> ask(http::Client& client, const OriginRequest& request) {
    auto exchange = client.send(client_request(request));
    Result<http::ClientResponse> response = co_await std::move(exchange);
    if (response.has_error()) co_return std::move(response).error();
    co_return OriginAnswer{response->status, std::move(response->headers), std::move(response->body)};
  }

  static Error fault_of(const OriginAnswer& answer) {
    return unavailable("It answers " + std::to_string(answer.status) + ".");
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
