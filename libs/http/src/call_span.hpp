/// A call to another service as a span of its trace.
#pragma once

#include <filmoteka/http/client.hpp>

#include <optional>
#include <string>

namespace filmoteka::http {

/// Gives the call an id of its own in the trace that its `traceparent` names, if it has one. Nullopt: it is
/// not recorded.
std::optional<telemetry::OpenSpan> begin_call(const telemetry::Tracer& tracer, Headers& headers);

/// By the semantic conventions of OpenTelemetry for HTTP clients. `server`: "127.0.0.1:8081".
void end_call(const telemetry::Tracer& tracer, const telemetry::OpenSpan& span, const ClientRequest& request,
              const std::string& server, const Result<ClientResponse>& answer);

}  // namespace filmoteka::http
