#include "framing.hpp"

#include "characters.hpp"

#include <filmoteka/base/strings.hpp>

#include <algorithm>

namespace filmoteka::http {
namespace {

constexpr std::size_t kMaxMethodBytes = 32;

constexpr ByteTable kHost = alphanumeric_and("-._~%!$&'()*+,;=:[]");

bool all_of(std::string_view text, const ByteTable& allowed) {
  for (const char c : text) {
    if (!allowed[static_cast<unsigned char>(c)]) return false;
  }
  return true;
}
bool is_token(std::string_view text) {
  return !text.empty() && all_of(text, kTokenBytes);
}

Refusal bad_request(std::string detail) {
  return {400, "malformed_request", std::move(detail)};
}

/// Optional white space of HTTP: space and tab only.
std::string_view trim_space(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// A carriage return inside of a line is a control, which may not stand there.
bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_value_byte);
}

bool is_target(std::string_view target) {
  for (const char c : target) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7F || byte == '#') return false;
  }
  return true;
}

/// uri-host [":" port] by its characters; whether the name exists is nobody's business here.
bool is_host(std::string_view host) {
  if (host.empty() || !all_of(host, kHost)) return false;
  const std::size_t name_end = host.front() == '[' ? host.find(']') : host.find(':');
  if (host.front() == '[') {
    if (name_end == std::string_view::npos || name_end == 1) return false;
    const std::string_view literal = host.substr(1, name_end - 1);
    if (literal.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) return false;
    host.remove_prefix(name_end + 1);
  } else {
    if (name_end == 0 || host.find_first_of("[]") != std::string_view::npos) return false;
    host.remove_prefix(name_end == std::string_view::npos ? host.size() : name_end);
  }
  if (host.empty()) return true;
  if (host.front() != ':') return false;
  const std::string_view port = host.substr(1);
  return port.size() <= 5 && port.find_first_not_of("0123456789") == std::string_view::npos;
}

class Check {
 public:
  explicit Check(const FramingLimits& limits) : limits_(limits) {}

  std::variant<Framing, Refusal> run(std::string_view head) {
    std::optional<Refusal> refusal = request_line(take_line(head));
    for (std::size_t count = 0; !refusal; ++count) {
      const std::string_view line = take_line(head);
      if (line.empty()) break;
      refusal = count == limits_.max_headers
                    ? Refusal{431, "header_too_large", "The request has more than 100 headers."}
                    : field(line);
    }
    if (!refusal) refusal = whole();
    if (refusal) return std::move(*refusal);
    return framing_;
  }

 private:
  /// The next line without its CRLF. A bare LF stays in the line, where no rule lets it pass.
  static std::string_view take_line(std::string_view& head) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 2);
    return line;
  }

  std::optional<Refusal> request_line(std::string_view line) {
    const std::size_t method_end = line.find(' ');
    const std::string_view method = line.substr(0, method_end);
    if (!is_token(method) || method_end == std::string_view::npos) {
      return bad_request("The request line does not start with a method and a space.");
    }
    if (method.size() > kMaxMethodBytes || method == "CONNECT" || method == "TRACE") {
      return Refusal{501, "method_not_implemented", "This server does not implement the method."};
    }
    line.remove_prefix(method_end + 1);
    const std::size_t target_end = line.find(' ');
    if (target_end == std::string_view::npos) return bad_request("The request line has no HTTP version.");
    if (auto refusal = target(method, line.substr(0, target_end))) return refusal;
    return version(line.substr(target_end + 1));
  }

  std::optional<Refusal> target(std::string_view method, std::string_view text) const {
    if (text.size() > limits_.max_target_bytes) {
      return Refusal{414, "target_too_long", "The address of the request is too long."};
    }
    if (text == "*" && method == "OPTIONS") return std::nullopt;
    if (!text.starts_with('/')) return bad_request("The target of the request must start with '/'.");
    if (!is_target(text)) {
      return bad_request("The target of the request contains bytes that must be percent-encoded.");
    }
    return std::nullopt;
  }

  std::optional<Refusal> version(std::string_view text) {
    if (text == "HTTP/1.1") return std::nullopt;
    if (text == "HTTP/1.0") {
      framing_.http_1_0 = true;
      framing_.keep_alive = false;
      return std::nullopt;
    }
    const auto is_digit = [](char c) {
      return c >= '0' && c <= '9';
    };
    if (text.size() == 8 && text.starts_with("HTTP/") && is_digit(text[5]) && text[6] == '.' &&
        is_digit(text[7])) {
      return Refusal{505, "version_not_supported", "This server speaks HTTP/1.1 and HTTP/1.0."};
    }
    return bad_request("The request line does not end with an HTTP version.");
  }

  std::optional<Refusal> field(std::string_view line) {
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || !is_token(name)) {
      return bad_request(
          "A header line is malformed: it is folded, has no colon, or has a name with characters that a name "
          "may not have.");
    }
    const std::string_view value = trim_space(line.substr(colon + 1));
    if (!is_field_value(value)) return bad_request("A header value contains control characters.");
    return known_field(name, value);
  }

  std::optional<Refusal> known_field(std::string_view name, std::string_view value) {
    switch (name.size()) {
      case 4:
        return equals_ignore_case_ascii(name, "host") ? host(value) : std::nullopt;
      case 6:
        return equals_ignore_case_ascii(name, "expect") ? expect(value) : std::nullopt;
      case 10:
        if (equals_ignore_case_ascii(name, "connection")) connection(value);
        return std::nullopt;
      case 14:
        return equals_ignore_case_ascii(name, "content-length") ? content_length(value) : std::nullopt;
      case 17:
        return equals_ignore_case_ascii(name, "transfer-encoding") ? transfer_encoding(value) : std::nullopt;
      default:
        return std::nullopt;
    }
  }

  std::optional<Refusal> host(std::string_view value) {
    if (has_host_) return bad_request("The request has more than one Host header.");
    has_host_ = true;
    if (!is_host(value)) return bad_request("The Host header is not a host name with an optional port.");
    return std::nullopt;
  }

  std::optional<Refusal> expect(std::string_view value) {
    if (!equals_ignore_case_ascii(value, "100-continue")) {
      return Refusal{417, "expectation_failed",
                     "The only expectation that this server knows is 100-continue."};
    }
    framing_.expects_continue = true;
    return std::nullopt;
  }

  void connection(std::string_view value) {
    for (const std::string_view option : split(value, ',')) {
      if (equals_ignore_case_ascii(trim_space(option), "close")) closes_ = true;
      if (equals_ignore_case_ascii(trim_space(option), "keep-alive")) framing_.keep_alive = true;
    }
  }

  std::optional<Refusal> content_length(std::string_view value) {
    if (framing_.has_length) return bad_request("The request has more than one Content-Length header.");
    framing_.has_length = true;
    if (value.empty() || value.find_first_not_of("0123456789") != std::string_view::npos) {
      return bad_request("The Content-Length is not a number.");
    }
    const auto length = parse_number<std::size_t>(value);
    if (!length || *length > limits_.max_body_bytes) too_large_ = true;
    framing_.content_length = length.value_or(0);
    return std::nullopt;
  }

  std::optional<Refusal> transfer_encoding(std::string_view value) {
    if (framing_.chunked) return bad_request("The request has more than one Transfer-Encoding header.");
    if (!equals_ignore_case_ascii(value, "chunked")) {
      return Refusal{501, "transfer_encoding_not_implemented",
                     "The only Transfer-Encoding that this server knows is chunked."};
    }
    framing_.chunked = true;
    return std::nullopt;
  }

  std::optional<Refusal> whole() {
    if (!has_host_ && !framing_.http_1_0) return bad_request("The request has no Host header.");
    if (framing_.chunked && framing_.has_length) {
      return bad_request("The request has both Transfer-Encoding and Content-Length.");
    }
    if (framing_.chunked && framing_.http_1_0) {
      return bad_request("HTTP/1.0 does not have Transfer-Encoding.");
    }
    if (too_large_) {
      return Refusal{
          413, "payload_too_large",
          "The body of the request is larger than " + std::to_string(limits_.max_body_bytes) + " bytes."};
    }
    if (closes_) framing_.keep_alive = false;
    if (framing_.http_1_0) framing_.expects_continue = false;
    return std::nullopt;
  }

  const FramingLimits& limits_;
  Framing framing_;
  bool has_host_ = false;
  bool closes_ = false;
  bool too_large_ = false;
};

}  // namespace

std::variant<Framing, Refusal> check_framing(std::string_view head, const FramingLimits& limits) {
  return Check(limits).run(head);
}

std::optional<Refusal> check_incomplete_head(std::string_view start) {
  if (!start.empty() && !is_token_byte(start.front())) {
    return bad_request("The connection does not speak HTTP/1.1.");
  }
  for (std::size_t feed = start.find('\n'); feed != std::string_view::npos;
       feed = start.find('\n', feed + 1)) {
    if (feed == 0 || start[feed - 1] != '\r') {
      return bad_request("A line of the request ends with a line feed only.");
    }
  }
  return std::nullopt;
}

}  // namespace filmoteka::http
