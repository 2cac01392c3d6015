/// One line for each request, refused ones included. Outermost, together with the metrics: it must see the
/// answer as it is sent, whoever made it. docs/logs.md describes the lines.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/http/message.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <cstddef>
#include <string_view>

namespace filmoteka::http {

/// A finished request. Views live as long as the request.
struct RequestRecord {
  std::string_view method;
  std::string_view path;   ///< as it came, without the query; empty if there was none to be read
  std::string_view route;  ///< the pattern; empty if none matched
  std::string_view request_id;
  std::string_view traceparent;  ///< the client's; empty: it sent none
  std::string_view client;
  std::string_view peer;  ///< who has connected
  int status = 0;
  std::size_t bytes = 0;  ///< of the body
  SteadyTime::duration time{};
  const AnswerSource* source = nullptr;  ///< null: nobody's answer
};

void log_request(const telemetry::Logger& log, const RequestRecord& record);

}  // namespace filmoteka::http
