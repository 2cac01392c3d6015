#include "problem.hpp"

#include "status.hpp"

#include <filmoteka/base/utf8.hpp>

#include <boost/json.hpp>

namespace filmoteka::http {
namespace {

namespace json = boost::json;

std::string_view title_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "The request is not valid";
    case ErrorCode::kUnauthenticated:
      return "A token is needed";
    case ErrorCode::kNotFound:
      return "Not found";
    case ErrorCode::kMethodNotAllowed:
      return "The method is not allowed here";
    case ErrorCode::kConflict:
      return "The request conflicts with the present state";
    case ErrorCode::kPreconditionFailed:
      return "The precondition failed";
    case ErrorCode::kPreconditionRequired:
      return "A precondition is required";
    case ErrorCode::kPayloadTooLarge:
      return "The request is too large";
    case ErrorCode::kUnsupportedMedia:
      return "The media type is not supported";
    case ErrorCode::kTooManyRequests:
      return "Too many requests";
    case ErrorCode::kUnavailable:
      return "The service is not available now";
    case ErrorCode::kDeadlineExceeded:
      return "The answer took too long";
    case ErrorCode::kCancelled:
      return "The service is stopping";
    case ErrorCode::kCorrupt:
    case ErrorCode::kInternal:
      break;
  }
  return "Something went wrong on our side";
}

json::object problem_document(int status, std::string_view code, std::string_view title,
                              std::string_view detail, std::string_view request_id) {
  json::object document;
  document["type"] = "urn:filmoteka:problem:" + std::string(code);
  document["title"] = title;
  document["status"] = status;
  document["detail"] = replace_invalid_utf8(detail);
  if (!request_id.empty()) document["request_id"] = request_id;
  return document;
}

json::array field_errors(const std::vector<FieldError>& fields) {
  json::array errors;
  for (const FieldError& field : fields) {
    json::object error;
    if (field.parameter.empty()) {
      error["pointer"] = replace_invalid_utf8(field.pointer);
    } else {
      error["parameter"] = replace_invalid_utf8(field.parameter);
    }
    error["detail"] = replace_invalid_utf8(field.detail);
    errors.push_back(std::move(error));
  }
  return errors;
}

Response problem_of(int status, const json::object& document) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}};
  response.body = json::serialize(document);
  return response;
}

}  // namespace

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return 400;
    case ErrorCode::kUnauthenticated:
      return 401;
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kMethodNotAllowed:
      return 405;
    case ErrorCode::kConflict:
      return 409;
    case ErrorCode::kPreconditionFailed:
      return 412;
    case ErrorCode::kPreconditionRequired:
      return 428;
    case ErrorCode::kPayloadTooLarge:
      return 413;
    case ErrorCode::kUnsupportedMedia:
      return 415;
    case ErrorCode::kTooManyRequests:
      return 429;
    case ErrorCode::kUnavailable:
    case ErrorCode::kCancelled:
      return 503;
    case ErrorCode::kDeadlineExceeded:
      return 504;
    case ErrorCode::kCorrupt:
    case ErrorCode::kInternal:
      break;
  }
  return 500;
}

Response problem_response(const Error& error, std::string_view request_id) {
  const int status = status_of(error.code);
  // Data of ours that is corrupt is nothing that the client could act on: to him it is one of our faults.
  const ErrorCode shown = status == 500 ? ErrorCode::kInternal : error.code;
  json::object document =
      problem_document(status, to_string(shown), title_of(shown), error.message, request_id);
  if (!error.fields.empty()) document["errors"] = field_errors(error.fields);
  Response response = problem_of(status, document);
  if (status >= 500 || !error.detail.empty()) response.failure = std::make_shared<const Error>(error);
  return response;
}

Response problem_response(const Refusal& refusal, std::string_view request_id) {
  return problem_of(refusal.status,
                    problem_document(refusal.status, refusal.code, reason_phrase(refusal.status),
                                     refusal.detail, request_id));
}

}  // namespace filmoteka::http
