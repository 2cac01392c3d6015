/// First of all: everything after it (refusals, log lines, answers, calls to other services) names the
/// request by this id.
#pragma once

#include <filmoteka/http/message.hpp>
#include <filmoteka/telemetry/request_id.hpp>

namespace filmoteka::http {

/// Sets request_id and traceparent: the client's where they are sane, else a new id, kept in `made`, and no
/// trace; none too where there are two of them (W3C Trace Context, 3.2.1). `made` must live as long as the
/// request.
void identify(Request& request, telemetry::RequestId& made);

}  // namespace filmoteka::http
