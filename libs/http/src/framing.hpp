/// Where a request ends, decided strictly (RFC 9112, 3, 5, 6, 7.1, 9.3). Beast 345 is lenient where servers
/// in a row must not disagree (request smuggling), so every head passes this check on its raw bytes first.
#pragma once

#include "problem.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

namespace filmoteka::http {

/// What the head says about the body and the connection.
struct Framing {
  std::size_t content_length = 0;  ///< 0 for a chunked body
  bool chunked = false;
  bool has_length = false;        ///< a Content-Length was given
  bool expects_continue = false;  ///< the client waits for "100 Continue" before it sends the body
  bool http_1_0 = false;
  bool keep_alive = true;  ///< the client wants to use the connection again
};

struct FramingLimits {
  std::size_t max_target_bytes = 8 * 1024;
  std::size_t max_body_bytes = 8 * 1024 * 1024;
  std::size_t max_headers = 100;
};

/// `head`: from the request line to the empty line, both included. Pure.
std::variant<Framing, Refusal> check_framing(std::string_view head, const FramingLimits& limits);

/// What is already wrong with a head that is still coming in, so that its sender need not run into the
/// timeout: not the start of HTTP at all, or a line feed without its carriage return.
std::optional<Refusal> check_incomplete_head(std::string_view start);

}  // namespace filmoteka::http
