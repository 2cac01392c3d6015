/// The one place that turns failures into application/problem+json (RFC 9457).
#pragma once

#include <filmoteka/http/message.hpp>

namespace filmoteka::http {

/// A refusal that no ErrorCode stands for, such as a framing error. `code` becomes the problem's type and
/// must stay stable; `detail` is shown to the client.
struct Refusal {
  int status = 400;
  std::string_view code;
  std::string detail;
  bool operator==(const Refusal&) const = default;
};

Response problem_response(const Refusal& refusal, std::string_view request_id);

}  // namespace filmoteka::http
