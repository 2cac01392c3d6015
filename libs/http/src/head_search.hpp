/// Finds the head of the next request in the bytes of a connection, however they are cut into pieces on the
/// way.
#pragma once

#include "problem.hpp"

#include <cstddef>
#include <string_view>
#include <variant>

namespace filmoteka::http {

/// Remembers what it has looked at, so that a head that comes byte by byte is not read again and again.
class HeadSearch {
 public:
  struct Incomplete {};
  struct Head {
    std::size_t bytes;  ///< from the request line to the empty line, both included
  };

  /// How many bytes of empty lines stand before the request line: they are to be dropped (RFC 9112, 2.2).
  static std::size_t empty_lines(std::string_view input);

  /// `input`: all that has come since the last head, without empty_lines(); it only grows until a head was
  /// found or refused. `full`: there is no room for more. Whether and what is refused does not depend on the
  /// cuts, but the refusal of an incomplete head may come sooner than the rest of it.
  std::variant<Incomplete, Head, Refusal> look(std::string_view input, bool full);

 private:
  std::size_t scanned_ = 0;  // no head ends before
};

}  // namespace filmoteka::http
