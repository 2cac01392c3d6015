#include "header_text.hpp"

#include "status.hpp"

#include <filmoteka/base/strings.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::http {
namespace {

/// For every answer; Content-Security-Policy depends on the page and is the gateway's.
/// nosniff: a body is what its Content-Type says. DENY: nobody frames us. The referrer stays inside.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kSecurityHeaders = {{
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "strict-origin-when-cross-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
}};

bool breaks_a_header(char c) {
  return c == '\r' || c == '\n' || c == '\0';
}

}  // namespace

bool has_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

void append_status_line(std::string& out, int status) {
  out += "HTTP/1.1 ";
  out += std::to_string(status);
  out += ' ';
  out += reason_phrase(status);
  out += "\r\n";
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  const std::size_t start = out.size();
  out += value;
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), breaks_a_header, ' ');
  out += "\r\n";
}

void append_security_headers(std::string& out, const Headers& given) {
  for (const auto& header : kSecurityHeaders) {
    const bool present = std::any_of(given.begin(), given.end(), [&](const auto& other) {
      return equals_ignore_case_ascii(other.first, header.first);
    });
    if (!present) append_header(out, header.first, header.second);
  }
}

}  // namespace filmoteka::http
