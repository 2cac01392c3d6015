/// What is done around every handler, in a fixed order:
///
///   request id → span, metrics, access log → routing → [body] → handler, error mapping
///                                                             │
///   bytes ← security headers ← compression ← conditional ← choice of the coding ← failure log
///
/// Where a service has tokens, its clients are known before the routing (middleware/authentication.hpp).
/// The reason for each place stands in the header of each step in middleware/.
#pragma once

#include "exchange.hpp"
#include "middleware/request_metrics.hpp"
#include "output_queue.hpp"

#include <filmoteka/http/server.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::http {

/// One for each I/O thread; used by all of its connections.
class Pipeline {
 public:
  /// `client_of` may be empty; it outlives this, as the settings do.
  Pipeline(const Router& router, const telemetry::Logger& log, RequestMetrics metrics,
           const ServerSettings& settings, const ClientOf& client_of);

  /// From the parsed head to the route.
  void begin(Exchange& exchange, std::string_view peer);
  /// The answer that needs no coroutine, if there is one: the router's, or the fast handler's.
  std::optional<Response> answer_now(const Exchange& exchange) const;
  /// The steps after the handler. Afterwards the response only has to be written.
  void finish(const Exchange& exchange, Response& response) const;
  /// Access log and metrics.
  void record(const Exchange& exchange, int status, std::size_t bytes, const AnswerSource& source,
              SteadyTime now);
  /// The same for a connection's input that never became a request.
  void record_refusal(const Refusal& refusal, std::string_view request_id, std::string_view peer);
  Response answer_to(const std::exception_ptr& thrown, const Exchange& exchange) const;
  /// An exception that no request is to blame for.
  void log_defect(const std::exception_ptr& thrown) const;

  void log_accesses(bool wanted) { access_log_ = wanted; }
  const telemetry::Logger& log() const { return log_; }

 private:
  const Router& router_;
  telemetry::Logger log_;
  RequestMetrics metrics_;
  bool access_log_;
  const std::vector<std::string>& tokens_;
  const telemetry::Tracer& tracer_;
  const ClientOf& client_of_;
};

}  // namespace filmoteka::http
