/// Query parameters of the small calls, read with their rules; everything that is wrong is said at once.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/http/query.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// Ask for each parameter that the call knows, then finish().
class Parameters {
 public:
  /// `query` as it stands in the target, percent-encoded.
  static Result<Parameters> make(std::string_view query);

  /// The value, or `absent` if it is not there. A value that is malformed or outside the bounds is a fault.
  std::int64_t integer(std::string_view name, std::int64_t low, std::int64_t high, std::int64_t absent);
  bool flag(std::string_view name, bool absent);
  /// Text of 1 to `most` characters, trimmed. Must be there.
  std::string text(std::string_view name, std::size_t most);

  /// kInvalidArgument with all faults; parameters that nobody asked for are faults too.
  Result<void> finish();

 private:
  explicit Parameters(http::QueryParameters pairs) : pairs_(std::move(pairs)), known_(pairs_.size(), false) {}
  /// Null if it is not there; a fault if it is there twice.
  const std::string* take(std::string_view name);
  void fault(std::string_view name, std::string detail);

  http::QueryParameters pairs_;
  std::vector<bool> known_;
  std::vector<FieldError> faults_;
};

/// For calls without parameters.
Result<void> expect_no_parameters(std::string_view query);

/// The {id} of a path. kInvalidArgument unless it is an integer from 1.
Result<std::int64_t> parse_id(std::string_view text);

}  // namespace filmoteka::metadata
