/// The HTTP/1.1 server: one acceptor per I/O thread on one port (SO_REUSEPORT), keep-alive, pipelining.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/http/router.hpp>
#include <filmoteka/http/tls_files.hpp>
#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>
#include <filmoteka/telemetry/tracer.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::http {

struct ServerSettings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free port, see Server::port()
  /// Other processes may listen on the port too, so that they can be restarted in turn: a server that stops
  /// then resets nobody and gives clients linger_timeout to send their next request, which is answered and
  /// closed.
  bool shares_port = false;
  std::size_t max_connections = 10'000;  ///< of all threads together; more are answered 503 and closed
  std::size_t max_header_bytes = 16 * 1024;
  std::size_t max_body_bytes = 8 * 1024 * 1024;
  TlsFiles tls = {};                                    ///< empty: plain text. Read again when they change
  std::chrono::milliseconds handshake_timeout{10'000};  ///< of TLS
  std::chrono::milliseconds header_timeout{10'000};     ///< from the first byte to the end of the header
  std::chrono::milliseconds body_timeout{30'000};       ///< for the whole body
  std::chrono::milliseconds idle_timeout{75'000};       ///< between requests
  std::chrono::milliseconds write_timeout{30'000};      ///< without any progress of the peer
  std::chrono::milliseconds request_timeout{10'000};    ///< what Request::deadline starts from
  bool access_log = true;
  std::size_t max_requests_in_flight = 2'000;  ///< in handlers, all threads together; more are answered 503
  std::chrono::milliseconds linger_timeout{2'000};  ///< how long an answer may be read before a close cuts it
  std::vector<std::string> tokens =
      {};                         ///< empty: open to all; else only requests that carry one are answered
  telemetry::Tracer tracer = {};  ///< records a span for each request that is to be traced
  std::string name = "http";      ///< the label `server` of the metrics
};

/// Metrics: filmoteka_http_requests_total{server,route,method,status},
/// filmoteka_http_request_duration_seconds{server,route}, filmoteka_http_requests_in_flight{server},
/// filmoteka_http_connections{server}, filmoteka_http_connections_refused_total{server}; with TLS
/// filmoteka_http_certificate_expiry_timestamp_seconds{server}.
/// Lifetime: make → run (a coroutine on each of the runtime's threads is started inside) → stop → run
/// returns.
class Server {
 public:
  /// Binds the port on all threads of the runtime; kUnavailable names host, port and reason if it cannot.
  /// kInvalidArgument: the TLS files are no certificate and key. `client_of` empty: clients are who connects.
  static Result<std::unique_ptr<Server>> make(Runtime& runtime, ServerSettings settings, const Router& router,
                                              telemetry::Logger log, telemetry::Metrics& metrics,
                                              ClientOf client_of = {});
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  /// "http://127.0.0.1:8081", or with https
  virtual std::string base_url() const = 0;
  /// Accepts and serves until stop() has been called and all connections have ended. Call on thread 0.
  virtual Task<void> run() = 0;
  /// From thread 0: takes over limits, timeouts and the access log, for what begins from now on. Everything
  /// else of the settings stays as it was made.
  virtual void adopt(const ServerSettings& settings) = 0;
  /// From thread 0: no new connections; requests under way are finished, idle connections closed at once, and
  /// whatever is left at `deadline` is cut.
  virtual void stop(Deadline deadline) = 0;
};

}  // namespace filmoteka::http
