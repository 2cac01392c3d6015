#include "request_span.hpp"

#include <string>
#include <utility>

namespace filmoteka::http {

void begin_span(const telemetry::Tracer& tracer, Exchange& exchange) {
  Request& request = exchange.request;
  exchange.span = tracer.begin(request.traceparent, telemetry::SpanKind::kServer);
  if (!exchange.span) return;
  exchange.traceparent = exchange.span->traceparent();
  request.traceparent = {exchange.traceparent.data(), exchange.traceparent.size()};
}

void end_span(const telemetry::Tracer& tracer, const Exchange& exchange, const RequestRecord& record) {
  const auto text = [](std::string_view value) {
    return telemetry::Span::Value(std::string(value));
  };
  telemetry::Tracer::Attributes attributes = {
      {"http.request.method", text(record.method)},
      {"url.path", text(record.path)},
      {"http.response.status_code", std::int64_t{record.status}},
      {"http.response.body.size", static_cast<std::int64_t>(record.bytes)},
      {"client.address", text(record.client)},
      {"filmoteka.request_id", text(record.request_id)},
  };
  std::string name(record.method);
  if (!record.route.empty()) {
    attributes.emplace_back("http.route", text(record.route));
    name += ' ';
    name += record.route;
  }
  if (record.source != nullptr && !record.source->cache.empty()) {
    attributes.emplace_back("filmoteka.cache", text(record.source->cache));
  }
  // A refusal is the client's fault, not an error of the server's span.
  std::string error = record.status >= 500 ? std::to_string(record.status) : std::string();
  tracer.end(*exchange.span, std::move(name), std::move(attributes), std::move(error));
}

}  // namespace filmoteka::http
