/// libFuzzer's target: the bytes of a connection, through everything that reads them before a handler does.
/// Asserts that nothing is accepted that the reference refuses, that both read the same out of it, and that
/// it does not matter how the bytes are cut on their way. Reading outside of the input is AddressSanitizer's
/// to find.
#include "chunked_body.hpp"
#include "framing.hpp"
#include "head_search.hpp"
#include "reference.hpp"
#include "request_head.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/http/router.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

namespace filmoteka::fuzz {
namespace {

constexpr std::size_t kMaxHeadBytes = 16 * 1024;
constexpr std::size_t kMaxBodyBytes = 64 * 1024;

void check(bool holds, const char* what, std::string_view input) {
  if (holds) return;
  std::fprintf(stderr, "VIOLATED: %s\n%.*s\n", what, static_cast<int>(input.size()), input.data());
  std::abort();
}

/// Sizes of pieces, made from the first bytes of the input: one byte at a time, or all at once, or in
/// between.
class Cuts {
 public:
  explicit Cuts(std::uint8_t seed) : state_(seed) {}
  std::size_t next() {
    if (state_ == 0) return kMaxHeadBytes * 8;
    state_ = state_ * 1664525U + 1013904223U;
    return 1 + (state_ >> 24U) % 40;
  }

 private:
  std::uint32_t state_;
};

struct Reading {
  std::size_t head_begin = 0;
  std::size_t head_bytes = 0;  // 0: incomplete, or refused
  bool refused = false;
};

/// As a connection does it: pieces are added to its input until a head is complete.
Reading find_head(std::string_view input, Cuts cuts) {
  http::HeadSearch search;
  Reading reading;
  std::size_t come = 0;
  while (come < input.size()) {
    come = std::min({come + cuts.next(), input.size(), reading.head_begin + kMaxHeadBytes});
    // A copy of exactly what has come, so that reading beyond it is found.
    const std::unique_ptr<char[]> exact(new char[come]);
    std::copy_n(input.data(), come, exact.get());
    std::string_view rest(exact.get(), come);
    rest.remove_prefix(reading.head_begin);
    const std::size_t empty = http::HeadSearch::empty_lines(rest);
    rest.remove_prefix(empty);
    reading.head_begin += empty;
    const bool full = rest.size() >= kMaxHeadBytes;
    const auto outcome = search.look(rest, full);
    reading.refused = std::holds_alternative<http::Refusal>(outcome);
    if (const auto* head = std::get_if<http::HeadSearch::Head>(&outcome)) reading.head_bytes = head->bytes;
    if (reading.refused || reading.head_bytes > 0) return reading;
  }
  return reading;
}

std::optional<http::Framing> accepted(std::string_view head, http::RequestHead& parsed) {
  http::FramingLimits limits;
  limits.max_body_bytes = kMaxBodyBytes;
  const auto framing = http::check_framing(head, limits);
  if (std::holds_alternative<http::Refusal>(framing)) return std::nullopt;
  if (http::parse_request_head(head, parsed)) return std::nullopt;
  return std::get<http::Framing>(framing);
}

void compare_heads(std::string_view head, const http::Framing& framing, const http::RequestHead& parsed) {
  const auto expected = read_head(head);
  check(expected.has_value(), "the reference refuses this head", head);
  check(framing.chunked == expected->chunked, "chunked", head);
  check(framing.has_length == !expected->length.empty(), "has a length", head);
  if (framing.has_length) {
    check(parse_number<std::size_t>(expected->length) == framing.content_length, "the length", head);
    check(framing.content_length <= kMaxBodyBytes, "the limit of bodies", head);
  }
  check(parsed.method_name == expected->method && parsed.target == expected->target, "method and target",
        head);
  check(parsed.headers.size() == expected->fields.size(), "number of headers", head);
  for (std::size_t i = 0; i < parsed.headers.size(); ++i) {
    check(parsed.headers[i].name == expected->fields[i].first, "name of a header", head);
    check(parsed.headers[i].value == expected->fields[i].second, "value of a header", head);
  }
}

struct Decoded {
  bool done = false;
  bool refused = false;
  std::size_t bytes = 0;
  std::string content;
};

Decoded decode_chunks(std::string_view input, Cuts cuts) {
  http::ChunkedBody body(kMaxBodyBytes);
  Decoded decoded;
  std::size_t come = 0;
  do {
    come = std::min(come + cuts.next(), input.size());
    const std::size_t size = come - decoded.bytes;
    const std::unique_ptr<char[]> exact(new char[size]);
    std::copy_n(input.data() + decoded.bytes, size, exact.get());
    decoded.bytes += body.feed({exact.get(), size});
  } while (come < input.size() && !body.done() && !body.refusal());
  decoded.done = body.done();
  decoded.refused = body.refusal().has_value();
  if (decoded.done) decoded.content = body.take();
  return decoded;
}

void compare_bodies(std::string_view input, Cuts cuts) {
  const Decoded whole = decode_chunks(input, Cuts(0));
  const Decoded pieces = decode_chunks(input, cuts);
  check(whole.refused == pieces.refused, "the refusal of a chunked body depends on its cuts", input);
  check(whole.done == pieces.done && whole.content == pieces.content, "a chunked body depends on its cuts",
        input);
  if (!whole.done) return;
  check(whole.bytes == pieces.bytes, "the end of a chunked body depends on its cuts", input);
  const auto expected = read_chunks(input);
  check(expected.has_value(), "the reference refuses this chunked body", input);
  check(expected->content == whole.content && expected->bytes == whole.bytes, "chunked body", input);
}

const http::Router& router() {
  static const auto made = [] {
    http::Router routes;
    for (const char* pattern :
         {"/api/v1/movies", "/api/v1/movies/{id}", "/api/v1/movies/{id}/similar", "/files/{path...}"}) {
      routes.add(http::Method::kGet, pattern, {});
    }
    return routes;
  }();
  return made;
}

void check_route(const http::RequestHead& parsed) {
  const std::string_view path = parsed.target.substr(0, parsed.target.find('?'));
  const auto match = router().match(parsed.method, path, "id");
  if (match.handler == nullptr) return;
  const auto decoded = decode_percent(path);
  check(decoded.has_value() && is_valid_utf8(*decoded), "a path that does not decode has a route", path);
  for (const std::string& value : match.path_values) {
    const bool rest = match.pattern.ends_with("...}");
    check(is_valid_utf8(value) && value.find('\0') == std::string::npos, "bytes of a path value", path);
    check(rest || value.find('/') == std::string::npos, "a slash in a path value", path);
    for (const std::string_view segment : split(value, '/')) {
      check(segment != "." && segment != "..", "dots in a path value", path);
    }
    check(decoded->find(value) != std::string::npos, "a path value that is not of the path", path);
  }
}

}  // namespace
}  // namespace filmoteka::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace filmoteka;
  using namespace filmoteka::fuzz;
  if (size < 1) return 0;
  const Cuts cuts(data[0]);
  const std::string_view input(reinterpret_cast<const char*>(data + 1), size - 1);
  const Reading whole = find_head(input, Cuts(0));
  const Reading pieces = find_head(input, cuts);
  http::RequestHead parsed;
  const auto head_of = [&](const Reading& reading) {
    return input.substr(reading.head_begin, reading.head_bytes);
  };
  const auto framing = whole.head_bytes > 0 ? accepted(head_of(whole), parsed) : std::nullopt;
  http::RequestHead again;
  const auto framing_of_pieces = pieces.head_bytes > 0 ? accepted(head_of(pieces), again) : std::nullopt;
  check(framing.has_value() == framing_of_pieces.has_value(), "acceptance depends on the cuts", input);
  if (!framing) return 0;
  check(whole.head_begin == pieces.head_begin && whole.head_bytes == pieces.head_bytes, "where the head is",
        input);
  compare_heads(head_of(whole), *framing, parsed);
  check_route(parsed);
  if (framing->chunked) compare_bodies(input.substr(whole.head_begin + whole.head_bytes), cuts);
  return 0;
}
