#include "client_response_parser.hpp"

#include <filmoteka/base/strings.hpp>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace filmoteka::http {
namespace {

namespace beast = boost::beast;
using BeastError = boost::system::error_code;
using BeastView = beast::string_view;

constexpr std::uint32_t kMaxHeadBytes = 64 * 1024;

Error not_an_answer(std::string detail) {
  return corrupt("The server did not answer in correct HTTP.", std::move(detail));
}

}  // namespace

class ResponseParser::Parser final : public beast::http::basic_parser<false> {
 public:
  Parser(bool to_head, std::size_t max_bytes, const BodySink& on_body)
      : max_bytes_(max_bytes), on_body_(on_body) {
    header_limit(kMaxHeadBytes);
    body_limit(boost::none);
    eager(true);
    skip(to_head);
  }

  ClientResponse response;

 private:
  void on_request_impl(beast::http::verb, BeastView, BeastView, int, BeastError&) override {}
  void on_response_impl(int status, BeastView, int, BeastError&) override { response.status = status; }

  void on_field_impl(beast::http::field field, BeastView name, BeastView value, BeastError& error) override {
    if (in_body_) return;  // a trailer
    lengths_ += field == beast::http::field::content_length ? 1 : 0;
    if (field == beast::http::field::transfer_encoding) {
      ++codings_;
      if (!beast::iequals(value, "chunked")) error = beast::http::error::bad_transfer_encoding;
    }
    if (lengths_ + codings_ > 1) error = beast::http::error::bad_content_length;
    response.headers.emplace_back(std::string(name), std::string(value));
  }

  void on_header_impl(BeastError&) override { in_body_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, BeastError& error) override {
    if (!is_streamed() && length && *length > max_bytes_) error = beast::http::error::body_limit;
  }
  std::size_t on_body_impl(BeastView piece, BeastError& error) override { return append(piece, error); }
  void on_chunk_header_impl(std::uint64_t, BeastView, BeastError&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, BeastView piece, BeastError& error) override {
    return append(piece, error);
  }
  void on_finish_impl(BeastError&) override {}

  bool is_streamed() const { return on_body_ && response.status / 100 == 2; }

  std::size_t append(BeastView piece, BeastError& error) {
    if (is_streamed()) {
      on_body_(std::string_view(piece.data(), piece.size()));
      return piece.size();
    }
    if (piece.size() > max_bytes_ - response.body.size()) {
      error = beast::http::error::body_limit;
      return 0;
    }
    response.body.append(piece.data(), piece.size());
    return piece.size();
  }

  std::size_t max_bytes_;
  const BodySink& on_body_;
  int lengths_ = 0;
  int codings_ = 0;
  bool in_body_ = false;
};

ResponseParser::ResponseParser(bool to_head, std::size_t max_bytes, BodySink on_body)
    : to_head_(to_head), max_bytes_(max_bytes), on_body_(std::move(on_body)), parser_(make_parser()) {}
ResponseParser::~ResponseParser() = default;

std::unique_ptr<ResponseParser::Parser> ResponseParser::make_parser() const {
  return std::make_unique<Parser>(to_head_, max_bytes_, on_body_);
}

Result<std::size_t> ResponseParser::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (!done() && used < bytes.size()) {
    BeastError error;
    const std::size_t taken =
        parser_->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
    used += taken;
    if (error == beast::http::error::need_more) break;
    if (error == beast::http::error::body_limit) {
      return corrupt("The answer of the server is larger than " + std::to_string(max_bytes_) + " bytes.");
    }
    if (error) return not_an_answer(error.message());
    if (parser_->response.status == 101) return not_an_answer("it switched to a protocol nobody asked for");
    if (parser_->is_done() && parser_->response.status < 200) {
      parser_ = make_parser();
    } else if (taken == 0) {
      break;
    }
  }
  return used;
}

Result<void> ResponseParser::end() {
  BeastError error;
  if (parser_->got_some() && !parser_->is_done()) parser_->put_eof(error);
  if (error || !done()) return not_an_answer("the connection ended in the middle of the answer");
  return {};
}

bool ResponseParser::done() const {
  return parser_->is_done() && parser_->response.status >= 200;
}
bool ResponseParser::keep_alive() const {
  return parser_->keep_alive();
}
ClientResponse ResponseParser::take() {
  return std::move(parser_->response);
}

}  // namespace filmoteka::http
