#include <filmoteka/http/server.hpp>
#include <filmoteka/kit/build_info.hpp>
#include <filmoteka/kit/operations.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace filmoteka::kit {
namespace {

std::string_view status_text(Phase phase, bool all_ok) {
  if (phase == Phase::kStarting) return "starting";
  if (phase == Phase::kStopping) return "stopping";
  return all_ok ? "ready" : "not_ready";
}

http::Response build_response() {
  const BuildInfo build = build_info();
  const boost::json::object body = {{"version", build.version},
                                    {"commit", build.commit},
                                    {"compiler", build.compiler},
                                    {"build_type", build.build_type},
                                    {"sanitizers", build.sanitizers}};
  return http::json_response(200, boost::json::serialize(body));
}

class OperationsServer final : public Operations {
 public:
  OperationsServer(const Environment& environment, OperationsSettings settings, std::function<Phase()> phase,
                   std::function<std::vector<Check>()> checks)
      : metrics_(environment.metrics),
        settings_(std::move(settings)),
        phase_(std::move(phase)),
        checks_(std::move(checks)) {
    add("/healthz", [] { return http::json_response(200, R"({"status":"alive"})"); });
    add("/readyz", [this] { return ready_response(); });
    add("/metrics", [this] {
      return http::text_response(200, metrics_.render(), "text/plain; version=0.0.4; charset=utf-8");
    });
    add("/config", [this] {
      return http::json_response(200, settings_.configuration ? settings_.configuration() : "{}");
    });
    add("/build", build_response);
  }

  Result<void> listen(const Environment& environment, const std::string& service) {
    http::ServerSettings server;
    server.host = settings_.listen.host;
    server.port = settings_.listen.port;
    server.max_connections = 100;
    server.max_body_bytes = 1024;
    server.access_log = false;
    server.name = service + "_operations";
    FILMOTEKA_TRY(server_, http::Server::make(environment.runtime, std::move(server), router_,
                                              environment.log.named(service), environment.metrics));
    return {};
  }

  std::uint16_t port() const override { return server_->port(); }
  Task<void> run() override { return server_->run(); }
  void stop(Deadline deadline) override { server_->stop(deadline); }

 private:
  static Task<http::Response> at_once(http::Response response) { co_return response; }

  void add(std::string path, std::function<http::Response()> answer) {
    const auto uncached = [answer = std::move(answer)] {
      http::Response response = answer();
      response.set_header("Cache-Control", "no-store");
      return response;
    };
    router_.add(
        http::Method::kGet, std::move(path), [uncached](const http::Request&) { return at_once(uncached()); },
        [uncached](const http::Request&) { return std::optional<http::Response>(uncached()); });
  }

  http::Response ready_response() const {
    const Phase phase = phase_();
    bool all_ok = true;
    boost::json::object messages;
    if (phase == Phase::kServing) {
      for (const Check& check : checks_()) {
        all_ok = all_ok && check.ok;
        messages[check.name] = check.message;
      }
    }
    const boost::json::object body = {{"status", status_text(phase, all_ok)},
                                      {"checks", std::move(messages)}};
    return http::json_response(phase == Phase::kServing && all_ok ? 200 : 503, boost::json::serialize(body));
  }

  telemetry::Metrics& metrics_;
  OperationsSettings settings_;
  std::function<Phase()> phase_;
  std::function<std::vector<Check>()> checks_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace

Result<std::unique_ptr<Operations>> Operations::make(const Environment& environment, std::string service,
                                                     OperationsSettings settings,
                                                     std::function<Phase()> phase,
                                                     std::function<std::vector<Check>()> checks) {
  auto operations = std::make_unique<OperationsServer>(environment, std::move(settings), std::move(phase),
                                                       std::move(checks));
  FILMOTEKA_CHECK(operations->listen(environment, service));
  return std::unique_ptr<Operations>(std::move(operations));
}

}  // namespace filmoteka::kit
