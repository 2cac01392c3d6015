#include <filmoteka/async/event.hpp>
#include <filmoteka/testing/fake_site_server.hpp>

namespace filmoteka::testing {

namespace {

/// Half of the body, then a failure: the server can only break the connection.
http::BodyStream broken_stream(std::string body) {
  auto rest = std::make_shared<std::string>(body.substr(0, body.size() / 2));
  return [rest]() -> Task<Result<std::string>> {
    if (rest->empty()) co_return internal("the connection is cut on purpose");
    co_return std::exchange(*rest, {});
  };
}

}  // namespace

Task<http::Response> as_response(FakeAnswer answer) {
  if (answer.delay.count() > 0) co_await sleep_for(answer.delay);
  http::Response response;
  response.status = answer.status;
  response.headers = std::move(answer.headers);
  if (answer.cut) {
    response.stream = broken_stream(std::move(answer.body));
  } else {
    response.body = std::move(answer.body);
  }
  co_return response;
}

Result<std::unique_ptr<FakeSiteServer>> FakeSiteServer::make(Runtime& runtime, std::uint16_t port,
                                                             std::string_view site, FakeSiteSettings settings,
                                                             telemetry::Logger log,
                                                             telemetry::Metrics& metrics) {
  std::unique_ptr<FakeSiteServer> made(new FakeSiteServer);
  auto* self = made.get();
  self->router_.set_fallback([self](const http::Request& request) { return self->respond(request); });
  http::ServerSettings server;
  server.port = port;
  server.access_log = false;
  server.request_timeout = std::chrono::minutes(5);
  FILMOTEKA_TRY(self->server_, http::Server::make(runtime, server, self->router_, std::move(log), metrics));
  settings.base_url = self->base_url();
  self->site_ = make_fake_site(site, settings);
  if (!self->site_) return not_found("There is no made-up site of the name '" + std::string(site) + "'.");
  return made;
}

std::string FakeSiteServer::base_url() const {
  return "http://127.0.0.1:" + std::to_string(server_->port());
}

Task<http::Response> FakeSiteServer::respond(const http::Request& request) {
  FakeRequest asked;
  asked.method = std::string(request.method_name);
  asked.target = std::string(request.target);
  asked.if_none_match = std::string(request.header("If-None-Match").value_or(""));
  asked.body = std::string(request.body);
  auto answer = with([&asked](FaultySite& site) { return site.answer(asked); });
  return as_response(std::move(answer));
}

}  // namespace filmoteka::testing
