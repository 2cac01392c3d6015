#include <filmoteka/async/runtime.hpp>
#include <filmoteka/http/client.hpp>
#include <filmoteka/kit/health.hpp>

#include <ostream>
#include <utility>

namespace filmoteka::kit {
namespace {

constexpr std::chrono::seconds kAnswerWithin{2};

config::HostPort reachable(config::HostPort address) {
  if (address.host == "0.0.0.0") address.host = "127.0.0.1";
  if (address.host == "::") address.host = "::1";
  return address;
}

Task<void> ask(std::span<const config::HostPort> operations, std::ostream& err, int& unhealthy) {
  const auto executor = co_await asio::this_coro::executor;
  for (const config::HostPort& address : operations) {
    const std::string url = "http://" + to_string(reachable(address));
    auto client = http::Client::make(executor, url);
    if (client.has_error()) {
      err << client.error().message << '\n';
      ++unhealthy;
      continue;
    }
    http::ClientRequest request;
    request.target = "/readyz";
    request.deadline = Deadline::after(kAnswerWithin);
    auto sending = (*client)->send(std::move(request));
    const Result<http::ClientResponse> answer = co_await std::move(sending);
    if (answer.has_value() && answer->status == 200) continue;
    err << url << "/readyz: " << (answer.has_error() ? answer.error().message : answer->body) << '\n';
    ++unhealthy;
  }
}

}  // namespace

int check_health(std::span<const config::HostPort> operations, std::ostream& err) {
  Runtime runtime(1);
  int unhealthy = 0;
  runtime.run(ask(operations, err, unhealthy));
  return unhealthy == 0 ? 0 : 1;
}

}  // namespace filmoteka::kit
