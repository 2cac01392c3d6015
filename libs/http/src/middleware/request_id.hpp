/// First of all: everything after it (refusals, log lines, answers, calls to other services) names the
/// request by this id.
#pragma once

#include <filmoteka/http/message.hpp>
#include <filmoteka/telemetry/request_id.hpp>

namespace filmoteka::http {

/// Sets request_id and traceparent: the client's where they are sane, else a new id, kept in `made`, and no
/// trace. `made` must live as long as the request.
void identify(Request& request, telemetry::RequestId& made);

/// W3C Trace Context, version 00: "00-<32 hex>-<16 hex>-<2 hex>", lower case, ids not all zero.
bool is_traceparent(std::string_view text);

}  // namespace filmoteka::http
