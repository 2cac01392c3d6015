/// A request as a span of its trace, for those that are recorded. Right after the request id, so that all
/// that is done for the request, calls to other services included, names this span as its parent.
#pragma once

#include "../exchange.hpp"
#include "access_log.hpp"

#include <filmoteka/telemetry/tracer.hpp>

namespace filmoteka::http {

/// Sets or empties exchange.span; with a span, request.traceparent names it.
void begin_span(const telemetry::Tracer& tracer, Exchange& exchange);

/// Named and described by the semantic conventions of OpenTelemetry for HTTP servers; besides,
/// filmoteka.request_id, and filmoteka.cache: what the cache did.
void end_span(const telemetry::Tracer& tracer, const Exchange& exchange, const RequestRecord& record);

}  // namespace filmoteka::http
