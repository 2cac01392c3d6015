#include "failure_log.hpp"

namespace filmoteka::http {

telemetry::LogLevel level_of(const Error& failure) {
  using telemetry::LogLevel;
  const bool has_detail = !failure.detail.empty();
  switch (failure.code) {
    case ErrorCode::kUnavailable:
    case ErrorCode::kCancelled:
      return has_detail ? LogLevel::kError : LogLevel::kDebug;
    case ErrorCode::kConflict:
      return has_detail ? LogLevel::kWarning : LogLevel::kDebug;
    default:
      return status_of(failure.code) >= 500 ? LogLevel::kError : LogLevel::kDebug;
  }
}

void log_failure(const telemetry::Logger& log, const Request& request, std::string_view route,
                 const Response& response) {
  if (response.failure == nullptr) return;
  const Error& failure = *response.failure;
  log.log(level_of(failure), "a request failed",
          {{"code", to_string(failure.code)},
           {"error", failure.message},
           {"detail", failure.detail},
           {"method", to_string(request.method)},
           {"route", route},
           {"path", request.path},
           {"request_id", request.request_id}});
}

}  // namespace filmoteka::http
