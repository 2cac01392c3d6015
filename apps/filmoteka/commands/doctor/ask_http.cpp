#include <filmoteka/commands/doctor/ask_http.hpp>
#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/run_task.hpp>
#include <filmoteka/services_of_folder.hpp>

#include <utility>

namespace filmoteka::app::doctor {
namespace {

Task<Result<HttpAnswer>> ask(ServiceAddress address, std::string target) {
  const auto executor = co_await asio::this_coro::executor;
  FILMOTEKA_CO_TRY(const auto client, make_client(executor, address));
  http::ClientRequest request;
  request.target = std::move(target);
  request.deadline = Deadline::after(kPatience);
  auto sending = client->send(std::move(request));
  FILMOTEKA_CO_TRY(http::ClientResponse answer, co_await std::move(sending));
  co_return HttpAnswer{answer.status, std::move(answer.body)};
}

}  // namespace

config::HostPort reachable(config::HostPort listen) {
  if (listen.host == "0.0.0.0") listen.host = "127.0.0.1";
  if (listen.host == "::") listen.host = "::1";
  return listen;
}

Result<HttpAnswer> ask_http(const std::string& base_url, const std::string& target,
                            const std::string& token) {
  return run_task(ask({base_url, token}, target));
}

}  // namespace filmoteka::app::doctor
