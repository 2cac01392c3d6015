/// The head of an answer as bytes.
#pragma once

#include <filmoteka/http/message.hpp>

#include <string>
#include <string_view>

namespace filmoteka::http {

/// Whether an answer with this status may have a body (and a Content-Length): not 1xx, 204, 304.
bool has_body(int status);
void append_status_line(std::string& out, int status);
/// Line breaks and NUL inside of `value` become spaces: whatever a handler puts there cannot start a new
/// header.
void append_header(std::string& out, std::string_view name, std::string_view value);
/// The security headers that `given` does not already have : on every answer, whoever made it.
void append_security_headers(std::string& out, const Headers& given);

}  // namespace filmoteka::http
