/// Beast's parser, made to hand out views into the connection's buffer instead of copies.
#pragma once

#include "framing.hpp"

#include <filmoteka/http/message.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace filmoteka::http {

/// The parts of a head. Reused from request to request for its memory.
struct RequestHead {
  Method method = Method::kOther;
  std::string_view method_name;
  std::string_view target;
  std::vector<HeaderView> headers;
};

/// `head` has passed check_framing. What Beast still objects to is refused.
std::optional<Refusal> parse_request_head(std::string_view head, RequestHead& parsed);

}  // namespace filmoteka::http
