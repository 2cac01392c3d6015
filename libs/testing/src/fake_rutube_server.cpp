#include <filmoteka/testing/fake_rutube_server.hpp>
#include <filmoteka/testing/fake_site_server.hpp>

namespace filmoteka::testing {

Result<std::unique_ptr<FakeRutubeServer>> FakeRutubeServer::make(Runtime& runtime, std::uint16_t port,
                                                                 FakeRutubeSettings settings,
                                                                 telemetry::Logger log,
                                                                 telemetry::Metrics& metrics) {
  std::unique_ptr<FakeRutubeServer> made(new FakeRutubeServer);
  auto* self = made.get();
  self->router_.set_fallback([self](const http::Request& request) { return self->respond(request); });
  http::ServerSettings server;
  server.port = port;
  server.access_log = false;
  server.request_timeout = std::chrono::minutes(5);
  FILMOTEKA_TRY(self->server_, http::Server::make(runtime, server, self->router_, std::move(log), metrics));
  settings.base_url = self->base_url();
  self->rutube_ = std::make_unique<FakeRutube>(std::move(settings));
  return made;
}

std::string FakeRutubeServer::base_url() const {
  return "http://127.0.0.1:" + std::to_string(server_->port());
}

Task<http::Response> FakeRutubeServer::respond(const http::Request& request) {
  const auto target = std::string(request.target);
  auto answer = with([&target](FakeRutube& rutube) { return rutube.answer(target); });
  return as_response(std::move(answer));
}

}  // namespace filmoteka::testing
