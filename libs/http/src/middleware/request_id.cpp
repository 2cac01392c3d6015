#include "request_id.hpp"

#include <filmoteka/base/strings.hpp>

namespace filmoteka::http {
namespace {

bool is_hex_id(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos &&
         text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

bool is_traceparent(std::string_view text) {
  return text.size() == 55 && text.starts_with("00-") && text[35] == '-' && text[52] == '-' &&
         is_hex_id(text.substr(3, 32)) && is_hex_id(text.substr(36, 16)) &&
         text.find_first_not_of("0123456789abcdef", 53) == std::string_view::npos;
}

void identify(Request& request, telemetry::RequestId& made) {
  request.request_id = {};
  request.traceparent = {};
  for (const HeaderView& header : request.headers) {
    if (header.name.size() == 12 && equals_ignore_case_ascii(header.name, "X-Request-Id")) {
      if (telemetry::is_request_id(header.value)) request.request_id = header.value;
    } else if (header.name.size() == 11 && equals_ignore_case_ascii(header.name, "traceparent")) {
      if (is_traceparent(header.value)) request.traceparent = header.value;
    }
  }
  if (request.request_id.empty()) {
    made = telemetry::new_request_id();
    request.request_id = made.view();
  }
}

}  // namespace filmoteka::http
