#include "response_writer.hpp"

#include "header_text.hpp"

#include <array>
#include <charconv>

namespace filmoteka::http {
namespace {

constexpr std::string_view kTlsOnly = "Strict-Transport-Security: max-age=31536000\r\n";  // a year

void append_envelope(std::string& out, const Envelope& envelope, bool dated = false) {
  if (!dated) out += envelope.date;
  out += "X-Request-Id: ";
  out += envelope.request_id;
  out += "\r\n";
  if (envelope.encrypted) out += kTlsOnly;
  if (!envelope.keep_alive) {
    out += "Connection: close\r\n";
  } else if (envelope.http_1_0) {
    out += "Connection: keep-alive\r\n";
  }
}

void append_head(std::string& out, const Response& response, const Envelope& envelope) {
  append_status_line(out, response.status);
  append_envelope(out, envelope);
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  out += response.lines;
  append_security_headers(out, response.headers);
}

std::size_t write_ready(OutputQueue& output, const Response& response, const Envelope& envelope) {
  const ReadyResponse& ready = *response.ready;
  std::string& out = output.text();
  out += ready.head;
  append_envelope(out, envelope, ready.dated);
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  out += response.lines;
  out += "\r\n";
  if (envelope.head_only) return 0;
  output.add(ready.body, response.ready);
  return ready.body.size();
}

}  // namespace

std::size_t write_response(OutputQueue& output, Response&& response, const Envelope& envelope) {
  if (response.ready) return write_ready(output, response, envelope);
  std::string& out = output.text();
  append_head(out, response, envelope);
  const bool body = has_body(response.status);
  if (body) append_header(out, "Content-Length", std::to_string(response.body.size()));
  out += "\r\n";
  if (!body || envelope.head_only) return 0;
  const std::size_t bytes = response.body.size();
  output.add(std::move(response.body));
  return bytes;
}

void write_stream_head(OutputQueue& output, const Response& response, const Envelope& envelope) {
  std::string& out = output.text();
  append_head(out, response, envelope);
  if (!envelope.http_1_0) out += "Transfer-Encoding: chunked\r\n";
  out += "\r\n";
}

void write_stream_piece(OutputQueue& output, std::string piece, bool http_1_0) {
  if (http_1_0) {
    output.add(std::move(piece));
    return;
  }
  if (piece.empty()) {
    output.text() += "0\r\n\r\n";
    return;
  }
  std::array<char, 20> size{};
  const auto end = std::to_chars(size.data(), size.data() + size.size(), piece.size(), 16).ptr;
  output.text().append(size.data(), end);
  output.text() += "\r\n";
  output.add(std::move(piece));
  output.text() += "\r\n";
}

}  // namespace filmoteka::http
