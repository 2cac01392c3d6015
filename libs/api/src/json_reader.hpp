/// Reads JSON that strangers wrote: bounded depth, and a key twice in one object is noticed (RFC 8259, 4:
/// what such an object means is unpredictable).
#pragma once

#include <filmoteka/base/result.hpp>

#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::api {

/// Deeper nesting than this is no film.
inline constexpr std::size_t kMaxJsonDepth = 16;

struct ParsedValue {
  boost::json::value value;
  std::vector<std::string> repeated_keys;  ///< of the outermost object
};

/// Reusable, so that its buffers are made once for all rows of a batch. Not thread-safe.
class JsonReader {
 public:
  JsonReader();
  ~JsonReader();
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;

  /// Takes one value, and the white space around it, off the front of `text`. The value's memory is
  /// `storage`'s. kInvalidArgument: what is there is not JSON; `detail` says why.
  Result<ParsedValue> take(std::string_view& text, boost::json::storage_ptr storage);

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

/// The JSON pointer (RFC 6901) of a member of the outermost object.
std::string member_pointer(std::string_view name);

}  // namespace filmoteka::api
