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

class HeadParser final : public beast::http::basic_parser<true> {
 public:
  explicit HeadParser(RequestHead& parsed) : parsed_(parsed) {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // both are bounded by the caller's buffer
    body_limit(boost::none);
  }

 private:
  void on_request_impl(beast::http::verb verb, BeastView name, BeastView target, int, BeastError&) override {
    parsed_.method = method_of(verb);
    parsed_.method_name = view(name);
    parsed_.target = view(target);
  }
  void on_field_impl(beast::http::field, BeastView name, BeastView value, BeastError&) override {
    parsed_.headers.push_back({view(name), view(value)});
  }
  void on_response_impl(int, BeastView, int, BeastError&) override {}
  void on_header_impl(BeastError&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, BeastError&) override {}
  std::size_t on_body_impl(BeastView body, BeastError&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, BeastView, BeastError&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView body, BeastError&) override { return body.size(); }
  void on_finish_impl(BeastError&) override {}

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

}  // namespace filmoteka::http
