/// After the handler, once for each answer: what a refusal does not tell the client goes to the log, under
/// the request's id. Before the answer is shaped, which needs nothing of it.
#pragma once

#include <filmoteka/http/message.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <string_view>

namespace filmoteka::http {

/// How loud: kError for defects, damaged data, what took too long and a dependency that is down; kWarning for
/// a conflict that only the log explains; kDebug for a 503 that says all there is to say ("starting", "too
/// many requests") and for details of the client's own faults.
telemetry::LogLevel level_of(const Error& failure);

/// Does nothing for an answer without `failure`.
void log_failure(const telemetry::Logger& log, const Request& request, std::string_view route,
                 const Response& response);

}  // namespace filmoteka::http
