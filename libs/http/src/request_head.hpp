/// Beast's parser, made to hand out views into the connection's buffer instead of copies.
#pragma once

#include "framing.hpp"

#include <filmoteka/http/message.hpp>

#include <memory>
#include <optional>
#include <string>
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

/// Decodes a chunked body. Chunk extensions and trailers are dropped: nobody may smuggle headers in them.
class ChunkedBody {
 public:
  /// `head` as above; `max_bytes` of decoded body.
  ChunkedBody(std::string_view head, std::size_t max_bytes);
  ~ChunkedBody();

  /// Takes as much of `bytes` as it can use and returns how much that was; the rest must be offered again
  /// together with what follows it.
  std::size_t feed(std::string_view bytes);
  bool done() const;
  const std::optional<Refusal>& refusal() const;
  std::string take();

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace filmoteka::http
