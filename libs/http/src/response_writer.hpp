/// Answers as bytes.
#pragma once

#include "output_queue.hpp"

#include <filmoteka/http/message.hpp>

#include <cstddef>
#include <string_view>

namespace filmoteka::http {

/// What an answer has in common with the others of its request, connection and second.
struct Envelope {
  std::string_view date;  ///< "Date: …\r\n"
  std::string_view request_id;
  bool head_only = false;  ///< the answer to HEAD
  bool http_1_0 = false;
  bool keep_alive = true;
  bool encrypted = false;  ///< then the client is told to come by TLS only (RFC 6797)
};

/// Queues a whole answer. Returns the bytes of its body.
std::size_t write_response(OutputQueue& output, Response&& response, const Envelope& envelope);

/// Queues the head of a streamed answer: chunked, or until the end of the connection on HTTP/1.0.
void write_stream_head(OutputQueue& output, const Response& response, const Envelope& envelope);
/// Queues one piece of a streamed body; the empty piece ends it.
void write_stream_piece(OutputQueue& output, std::string piece, bool http_1_0);

}  // namespace filmoteka::http
