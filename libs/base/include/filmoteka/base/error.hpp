/// What went wrong, in a form that can cross every layer up to the HTTP answer.
#pragma once

#include <boost/throw_exception.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka {

/// The kinds of failure that a caller may want to tell apart. Each has one HTTP status (see
/// http/problem.hpp).
enum class ErrorCode {
  kInvalidArgument,       ///< the caller's input is wrong; `fields` says where
  kUnauthenticated,       ///< whoever asks has not shown that he may
  kNotFound,              ///< the thing named does not exist
  kMethodNotAllowed,      ///< the thing exists, the verb does not apply
  kConflict,              ///< the state of the thing forbids it now
  kPreconditionFailed,    ///< If-Match did not match
  kPreconditionRequired,  ///< If-Match is asked for and was not given
  kPayloadTooLarge,       ///< more bytes than accepted
  kUnsupportedMedia,      ///< a body in a format that is not understood
  kTooManyRequests,       ///< the caller's quota is used up
  kUnavailable,           ///< a dependency is down or we are not ready: try again later
  kDeadlineExceeded,      ///< it took longer than it may
  kCancelled,             ///< we are stopping
  kCorrupt,               ///< stored or received data is not what it must be
  kInternal,              ///< everything else: a defect of ours
};

/// The stable lower-case name of a code ("invalid_argument", ...), used in logs, metrics and problem types.
std::string_view to_string(ErrorCode code);

/// One wrong field of the input. Exactly one of `parameter` (query) and `pointer` (RFC 6901, body) is set.
struct FieldError {
  std::string parameter;
  std::string pointer;
  std::string detail;
  bool operator==(const FieldError&) const = default;
};

/// A failure. `message` is safe to show to anyone; `detail` is for our logs only and is never sent.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  std::string detail;
  std::vector<FieldError> fields;
};

/// Shorthands: `return invalid_argument("...")` from a function that returns Result<T>.
Error invalid_argument(std::string message, std::vector<FieldError> fields = {});
Error not_found(std::string message);
Error unavailable(std::string message, std::string detail = {});
Error deadline_exceeded(std::string message, std::string detail = {});
Error corrupt(std::string message, std::string detail = {});
Error internal(std::string detail);

/// Lets boost::system::result throw when `value()` is called on a failure (a defect of the caller).
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

/// One line with all that is known, for logs: code, message and detail.
std::string describe(const Error& error);

}  // namespace filmoteka
