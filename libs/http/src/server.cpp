#include "listen.hpp"
#include "worker.hpp"

#include <filmoteka/http/server.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace filmoteka::http {
namespace {

void publish_counts(telemetry::Metrics& metrics, const std::string& server,
                    const std::shared_ptr<ServerCounts>& counts) {
  metrics.gauge_callback("filmoteka_http_connections", "Open connections.",
                         [counts] { return static_cast<double>(counts->connections.load()); },
                         {{"server", server}});
  metrics.gauge_callback("filmoteka_http_requests_in_flight", "Requests in handlers.",
                         [counts] { return static_cast<double>(counts->in_flight.load()); },
                         {{"server", server}});
}

class WorkersServer final : public Server {
 public:
  WorkersServer(Runtime& runtime, ServerShared shared, std::vector<Acceptor> acceptors)
      : runtime_(runtime), shared_(std::move(shared)), port_(acceptors.front().local_endpoint().port()) {
    for (std::size_t i = 0; i < acceptors.size(); ++i) {
      workers_.push_back(std::make_shared<Worker>(runtime.executor(i), std::move(acceptors[i]), shared_));
    }
    publish_counts(shared_.metrics, shared_.settings.name, shared_.counts);
  }

  std::uint16_t port() const override { return port_; }

  std::string base_url() const override {
    const std::string& host = shared_.settings.host;
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return (shared_.tls ? "https://" : "http://") + (is_ipv6 ? "[" + host + "]" : host) + ":" +
           std::to_string(port_);
  }

  Task<void> run() override {
    if (!shared_.tls) {
      auto serving = serve();
      co_return co_await std::move(serving);
    }
    using namespace asio::experimental::awaitable_operators;
    auto race = serve() || shared_.tls->watch();
    co_await std::move(race);
  }

  void adopt(const ServerSettings& settings) override {
    for (std::size_t i = 0; i < workers_.size(); ++i) {
      asio::post(runtime_.executor(i), [worker = workers_[i], settings] { worker->adopt(settings); });
    }
  }

  void stop(Deadline deadline) override {
    for (std::size_t i = 0; i < workers_.size(); ++i) {
      asio::post(runtime_.executor(i), [worker = workers_[i], deadline] { worker->stop(deadline); });
    }
  }

 private:
  Task<void> serve() {
    TaskGroup group(runtime_.executor(0));
    for (std::size_t i = 0; i < workers_.size(); ++i) {
      group.spawn(run_on(runtime_.executor(i), Worker::run(workers_[i])));
    }
    co_await group.join();
  }

  Runtime& runtime_;
  ServerShared shared_;
  std::uint16_t port_;
  std::vector<std::shared_ptr<Worker>> workers_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::make(Runtime& runtime, ServerSettings settings, const Router& router,
                                             telemetry::Logger log, telemetry::Metrics& metrics,
                                             ClientOf client_of) {
  std::unique_ptr<TlsIdentity> tls;
  if (!settings.tls.certificate.empty()) {
    telemetry::Gauge& expiry =
        metrics.gauge("filmoteka_http_certificate_expiry_timestamp_seconds",
                      "When the certificate that is shown expires, since 1970.", {{"server", settings.name}});
    FILMOTEKA_TRY(tls, TlsIdentity::make(settings.tls, log, &expiry));
  }
  FILMOTEKA_TRY(std::vector<Acceptor> acceptors,
                listen(runtime, settings.host, settings.port, settings.shares_port));
  ServerShared shared{
      std::move(settings), router, std::move(log), metrics, std::make_shared<ServerCounts>(), std::move(tls),
      std::move(client_of)};
  return std::make_unique<WorkersServer>(runtime, std::move(shared), std::move(acceptors));
}

}  // namespace filmoteka::http
