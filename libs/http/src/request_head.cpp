#include "request_head.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <limits>

namespace filmoteka::http {
namespace {

namespace beast = boost::beast;
using BeastError = boost::system::error_code;
using BeastView = beast::string_view;

std::string_view view(BeastView text) {
  return {text.data(), text.size()};
}

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
      return Method::kGet;
    case beast::http::verb::head:
      return Method::kHead;
    case beast::http::verb::post:
      return Method::kPost;
    case beast::http::verb::put:
      return Method::kPut;
    case beast::http::verb::patch:
      return Method::kPatch;
    case beast::http::verb::delete_:
      return Method::kDelete;
    case beast::http::verb::options:
      return Method::kOptions;
    default:
      return Method::kOther;
  }
}

/// Ignores everything: the base of the two parsers below.
class QuietParser : public beast::http::basic_parser<true> {
 public:
  QuietParser() {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // both are bounded by the caller's buffer
    body_limit(boost::none);
  }

 private:
  void on_request_impl(beast::http::verb, BeastView, BeastView, int, BeastError&) override {}
  void on_response_impl(int, BeastView, int, BeastError&) override {}
  void on_field_impl(beast::http::field, BeastView, BeastView, BeastError&) override {}
  void on_header_impl(BeastError&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, BeastError&) override {}
  std::size_t on_body_impl(BeastView body, BeastError&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, BeastView, BeastError&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView body, BeastError&) override { return body.size(); }
  void on_finish_impl(BeastError&) override {}
};

class HeadParser final : public QuietParser {
 public:
  explicit HeadParser(RequestHead& parsed) : parsed_(parsed) {}

 private:
  void on_request_impl(beast::http::verb verb, BeastView name, BeastView target, int, BeastError&) override {
    parsed_.method = method_of(verb);
    parsed_.method_name = view(name);
    parsed_.target = view(target);
  }
  void on_field_impl(beast::http::field, BeastView name, BeastView value, BeastError&) override {
    parsed_.headers.push_back({view(name), view(value)});
  }

  RequestHead& parsed_;
};

}  // namespace

std::optional<Refusal> parse_request_head(std::string_view head, RequestHead& parsed) {
  parsed.headers.clear();
  HeadParser parser(parsed);
  BeastError error;
  parser.put(boost::asio::const_buffer(head.data(), head.size()), error);
  if (parser.is_header_done()) return std::nullopt;
  return Refusal{400, "malformed_request", "The head of the request is malformed: " + error.message() + "."};
}

class ChunkedBody::Parser final : public QuietParser {
 public:
  explicit Parser(std::size_t max_bytes) : max_bytes_(max_bytes) { eager(true); }

  std::optional<Refusal> refusal;
  std::string body;

 private:
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView piece, BeastError& error) override {
    if (piece.size() > max_bytes_ - body.size()) {
      refusal = Refusal{413, "payload_too_large",
                        "The body of the request is larger than " + std::to_string(max_bytes_) + " bytes."};
      error = beast::http::error::body_limit;
      return 0;
    }
    body.append(piece.data(), piece.size());
    return piece.size();
  }

  std::size_t max_bytes_;
};

ChunkedBody::ChunkedBody(std::string_view head, std::size_t max_bytes)
    : parser_(std::make_unique<Parser>(max_bytes)) {
  feed(head);
}
ChunkedBody::~ChunkedBody() = default;

std::size_t ChunkedBody::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (!done() && !refusal() && used < bytes.size()) {
    BeastError error;
    const std::size_t taken =
        parser_->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
    used += taken;
    if (error == beast::http::error::need_more || (!error && taken == 0)) break;
    if (error && !parser_->refusal) {
      parser_->refusal = Refusal{400, "malformed_request",
                                 "The chunked body of the request is malformed: " + error.message() + "."};
    }
  }
  return used;
}
bool ChunkedBody::done() const {
  return parser_->is_done();
}
const std::optional<Refusal>& ChunkedBody::refusal() const {
  return parser_->refusal;
}
std::string ChunkedBody::take() {
  return std::move(parser_->body);
}

}  // namespace filmoteka::http
