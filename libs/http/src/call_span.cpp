#include "call_span.hpp"

#include <filmoteka/telemetry/trace_context.hpp>

#include <algorithm>

namespace filmoteka::http {

std::optional<telemetry::OpenSpan> begin_call(const telemetry::Tracer& tracer, Headers& headers) {
  const auto header = std::ranges::find(headers, "traceparent", &Headers::value_type::first);
  if (header == headers.end()) return std::nullopt;
  const auto trace = telemetry::parse_traceparent(header->second);
  if (!trace) return std::nullopt;
  auto span = tracer.begin_within(header->second, telemetry::SpanKind::kClient);
  const auto text = span ? span->traceparent() : telemetry::traceparent_of(*trace, telemetry::new_span_id());
  header->second.assign(text.begin(), text.end());
  return span;
}

void end_call(const telemetry::Tracer& tracer, const telemetry::OpenSpan& span, const ClientRequest& request,
              const std::string& server, const Result<ClientResponse>& answer) {
  const std::string method(request.method == Method::kOther ? request.method_name
                                                            : to_string(request.method));
  telemetry::Tracer::Attributes attributes = {
      {"http.request.method", method},
      {"server.address", server},
      {"url.path", request.target.substr(0, request.target.find('?'))},
  };
  std::string error;
  if (answer.has_error()) {
    attributes.emplace_back("error.type", std::string(filmoteka::to_string(answer.error().code)));
    error = answer.error().message;
  } else {
    attributes.emplace_back("http.response.status_code", std::int64_t{answer->status});
    // Of a client also 4xx: it has asked wrongly.
    if (answer->status >= 400) error = std::to_string(answer->status);
  }
  tracer.end(span, method, std::move(attributes), std::move(error));
}

}  // namespace filmoteka::http
