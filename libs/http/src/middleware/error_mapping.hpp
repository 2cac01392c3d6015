/// Innermost, around the handler: whatever it throws becomes an answer before anything else looks at it.
#pragma once

#include <filmoteka/http/message.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <exception>
#include <string>

namespace filmoteka::http {

/// 500 without the inner detail, which is logged under the request's id.
Response answer_to_exception(const std::exception_ptr& thrown, const Request& request, std::string_view route,
                             const telemetry::Logger& log);
/// The text of an exception.
std::string what(const std::exception_ptr& thrown);

}  // namespace filmoteka::http
