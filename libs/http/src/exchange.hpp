/// One request on its way through the server.
#pragma once

#include "framing.hpp"
#include "request_head.hpp"

#include <filmoteka/base/clock.hpp>
#include <filmoteka/http/message.hpp>
#include <filmoteka/http/router.hpp>
#include <filmoteka/telemetry/request_id.hpp>
#include <filmoteka/telemetry/tracer.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace filmoteka::http {

/// Reused by a connection from request to request; valid from the head to the answer.
struct Exchange {
  RequestHead head;
  std::size_t head_bytes = 0;     ///< of the connection's input
  std::size_t input_bytes = 0;    ///< of the connection's input: the head and what is there of the body
  bool body_is_complete = false;  ///< all of the body is in the connection's input
  Framing framing;
  Request request;
  telemetry::RequestId made_id;
  std::string client;  ///< that a proxy speaks for; empty: the peer itself
  Router::Match match;
  std::optional<telemetry::OpenSpan> span;  ///< if the request is recorded in its trace
  telemetry::Traceparent traceparent{};     ///< of what is done for the request, if it is recorded
  SteadyTime start;
};

}  // namespace filmoteka::http
