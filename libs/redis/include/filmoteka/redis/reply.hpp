/// What Redis answers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace filmoteka::redis {

/// A reply of RESP2. https://redis.io/docs/reference/protocol-spec/
struct Reply {
  enum class Kind {
    kNil,      ///< there is no such value
    kString,   ///< any bytes, in `text`
    kStatus,   ///< "OK", in `text`
    kError,    ///< the command failed: "WRONGTYPE Operation against …", in `text`
    kInteger,  ///< in `integer`
    kArray,    ///< in `elements`
  };
  Kind kind = Kind::kNil;
  std::int64_t integer = 0;
  std::string text = {};
  std::vector<Reply> elements = {};

  bool is_nil() const { return kind == Kind::kNil; }
  bool is_string() const { return kind == Kind::kString; }
  bool is_error() const { return kind == Kind::kError; }
  bool is_status(const char* expected) const { return kind == Kind::kStatus && text == expected; }
  bool operator==(const Reply&) const = default;
};

/// What a server may make us hold. A reply beyond it is an error of the protocol.
struct ReplyLimits {
  std::size_t max_bytes = std::size_t{8} << 20;  ///< of all texts of one reply
  std::size_t max_elements = 10'000;             ///< of all arrays of one reply
};

}  // namespace filmoteka::redis
