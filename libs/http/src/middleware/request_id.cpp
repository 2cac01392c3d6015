#include "request_id.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/telemetry/trace_context.hpp>

namespace filmoteka::http {
void identify(Request& request, telemetry::RequestId& made) {
  request.request_id = {};
  request.traceparent = {};
  std::size_t traces = 0;
  for (const HeaderView& header : request.headers) {
    if (header.name.size() == 12 && equals_ignore_case_ascii(header.name, "X-Request-Id")) {
      if (telemetry::is_request_id(header.value)) request.request_id = header.value;
    } else if (header.name.size() == 11 && equals_ignore_case_ascii(header.name, "traceparent")) {
      ++traces;
      request.traceparent = header.value;
    }
  }
  if (traces > 0 && (traces > 1 || !telemetry::parse_traceparent(request.traceparent))) {
    request.traceparent = {};
  }
  if (request.request_id.empty()) {
    made = telemetry::new_request_id();
    request.request_id = made.view();
  }
}

}  // namespace filmoteka::http
