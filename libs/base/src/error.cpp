#include <filmoteka/base/error.hpp>

#include <boost/assert/source_location.hpp>

#include <stdexcept>
#include <utility>

namespace filmoteka {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid_argument";
    case ErrorCode::kUnauthenticated:
      return "unauthenticated";
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kMethodNotAllowed:
      return "method_not_allowed";
    case ErrorCode::kConflict:
      return "conflict";
    case ErrorCode::kPreconditionFailed:
      return "precondition_failed";
    case ErrorCode::kPreconditionRequired:
      return "precondition_required";
    case ErrorCode::kPayloadTooLarge:
      return "payload_too_large";
    case ErrorCode::kUnsupportedMedia:
      return "unsupported_media_type";
    case ErrorCode::kTooManyRequests:
      return "too_many_requests";
    case ErrorCode::kUnavailable:
      return "unavailable";
    case ErrorCode::kDeadlineExceeded:
      return "deadline_exceeded";
    case ErrorCode::kCancelled:
      return "cancelled";
    case ErrorCode::kCorrupt:
      return "corrupt";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

Error invalid_argument(std::string message, std::vector<FieldError> fields) {
  return {ErrorCode::kInvalidArgument, std::move(message), {}, std::move(fields)};
}
Error not_found(std::string message) {
  return {ErrorCode::kNotFound, std::move(message), {}, {}};
}
Error unavailable(std::string message, std::string detail) {
  return {ErrorCode::kUnavailable, std::move(message), std::move(detail), {}};
}
Error deadline_exceeded(std::string message, std::string detail) {
  return {ErrorCode::kDeadlineExceeded, std::move(message), std::move(detail), {}};
}
Error corrupt(std::string message, std::string detail) {
  return {ErrorCode::kCorrupt, std::move(message), std::move(detail), {}};
}
Error internal(std::string detail) {
  return {ErrorCode::kInternal, "Something went wrong on our side.", std::move(detail), {}};
}

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
  throw std::logic_error("a failed Result was used as a value: " + describe(error) + " at " +
                         where.to_string());
}

std::string describe(const Error& error) {
  std::string text(to_string(error.code));
  text += ": ";
  text += error.message;
  if (!error.detail.empty()) {
    text += " (";
    text += error.detail;
    text += ')';
  }
  for (const FieldError& field : error.fields) {
    text += "; ";
    text += field.parameter.empty() ? field.pointer : field.parameter;
    text += ": ";
    text += field.detail;
  }
  return text;
}

}  // namespace filmoteka
