/// Reads one answer of a server, strictly: what two parsers could understand differently is not an answer.
#pragma once

#include <filmoteka/http/client.hpp>

#include <memory>
#include <string_view>

namespace filmoteka::http {

class ResponseParser {
 public:
  using BodySink = std::function<void(std::string_view)>;
  /// `to_head`: the answer has no body whatever its headers say. `on_body`: see ClientRequest; may be empty.
  ResponseParser(bool to_head, std::size_t max_bytes, BodySink on_body = {});
  ~ResponseParser();

  /// Takes as much of `bytes` as it can use and returns how much; the rest must be offered again together
  /// with what follows. Interim answers (1xx) are skipped. kCorrupt: not HTTP, or larger than allowed.
  Result<std::size_t> feed(std::string_view bytes);
  /// The server has closed. kCorrupt in the middle of an answer.
  Result<void> end();
  bool done() const;
  /// The connection can be used again. Only when done().
  bool keep_alive() const;
  ClientResponse take();

 private:
  class Parser;
  std::unique_ptr<Parser> make_parser() const;

  bool to_head_;
  std::size_t max_bytes_;
  BodySink on_body_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace filmoteka::http
