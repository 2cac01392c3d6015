#include "pipeline.hpp"

#include "middleware/authentication.hpp"
#include "middleware/compression.hpp"
#include "middleware/conditional.hpp"
#include "middleware/error_mapping.hpp"
#include "middleware/failure_log.hpp"
#include "middleware/request_id.hpp"
#include "middleware/request_span.hpp"

namespace filmoteka::http {

Pipeline::Pipeline(const Router& router, const telemetry::Logger& log, RequestMetrics metrics,
                   const ServerSettings& settings, const ClientOf& client_of)
    : router_(router),
      log_(log),
      metrics_(std::move(metrics)),
      access_log_(settings.access_log),
      tokens_(settings.tokens),
      tracer_(settings.tracer),
      client_of_(client_of) {}

void Pipeline::begin(Exchange& exchange, std::string_view peer) {
  const RequestHead& head = exchange.head;
  Request& request = exchange.request;
  request.method = head.method;
  request.method_name = head.method_name;
  request.target = head.target;
  const std::size_t question = head.target.find('?');
  request.path = head.target.substr(0, question);
  request.query = question == std::string_view::npos ? std::string_view{} : head.target.substr(question + 1);
  request.headers = head.headers;
  request.body = {};
  request.peer_address = request.client_address = peer;
  if (client_of_) {
    exchange.client.clear();
    client_of_(request, exchange.client);
    if (!exchange.client.empty()) request.client_address = exchange.client;
  }
  identify(request, exchange.made_id);
  if (tracer_.enabled()) begin_span(tracer_, exchange);
  if (auto refusal = refuse_stranger(request, tokens_)) {
    exchange.match = {};
    exchange.match.error = std::move(refusal);
  } else {
    exchange.match = router_.match(request.method, request.path, request.request_id);
  }
  request.path_values = exchange.match.path_values;
}

std::optional<Response> Pipeline::answer_now(const Exchange& exchange) const {
  if (exchange.match.error) return router_.own_answer(exchange.request, *exchange.match.error);
  if (exchange.match.fast == nullptr || !*exchange.match.fast) return std::nullopt;
  try {
    return (*exchange.match.fast)(exchange.request);
  } catch (...) {
    return answer_to(std::current_exception(), exchange);
  }
}

void Pipeline::finish(const Exchange& exchange, Response& response) const {
  log_failure(log_, exchange.request, exchange.match.pattern, response);
  const Encoding encoding = choose_encoding(exchange.request, response);
  answer_if_unchanged(exchange.request, response);
  if (response.status != 304) encode_body(response, encoding);
}

void Pipeline::record(const Exchange& exchange, int status, std::size_t bytes, const AnswerSource& source,
                      SteadyTime now) {
  const Request& request = exchange.request;
  RequestRecord record;
  record.method = exchange.head.method_name;
  record.path = request.path;
  record.route = exchange.match.pattern;
  record.request_id = request.request_id;
  record.traceparent = request.traceparent;
  record.client = request.client_address;
  record.peer = request.peer_address;
  record.status = status;
  record.bytes = bytes;
  record.time = now - exchange.start;
  record.source = &source;
  metrics_.record(exchange.match.index, request.method, record);
  if (access_log_) log_request(log_, record);
  if (exchange.span) end_span(tracer_, exchange, record);
}

void Pipeline::record_refusal(const Refusal& refusal, std::string_view request_id, std::string_view peer) {
  RequestRecord record;
  record.request_id = request_id;
  record.client = record.peer = peer;
  record.status = refusal.status;
  metrics_.record(0, Method::kOther, record);
  if (access_log_) log_request(log_, record);
}

Response Pipeline::answer_to(const std::exception_ptr& thrown, const Exchange& exchange) const {
  return answer_to_exception(thrown, exchange.request, exchange.match.pattern, log_);
}

void Pipeline::log_defect(const std::exception_ptr& thrown) const {
  log_.error("a connection ended by an exception; please report it with this line",
             {{"exception", what(thrown)}});
}

}  // namespace filmoteka::http
