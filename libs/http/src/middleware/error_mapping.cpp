#include "error_mapping.hpp"

namespace filmoteka::http {

std::string what(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& failure) {
    return failure.what();
  } catch (...) {
    return "something that is not a std::exception";
  }
}

Response answer_to_exception(const std::exception_ptr& thrown, const Request& request, std::string_view route,
                             const telemetry::Logger& log) {
  const Error error = internal(what(thrown));
  log.error("a handler threw an exception; please report it with this line",
            {{"exception", error.detail},
             {"route", route},
             {"path", request.path},
             {"request_id", request.request_id}});
  Response response = problem_response(error, request.request_id);
  response.failure.reset();  // it is in the log already
  return response;
}

}  // namespace filmoteka::http
