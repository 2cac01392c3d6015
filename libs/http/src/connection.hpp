/// One connection: reads requests, answers them in their order, and ends in a way that lets the client read
/// the last answer.
#pragma once

#include "exchange.hpp"
#include "head_search.hpp"
#include "input_buffer.hpp"
#include "output_queue.hpp"
#include "response_writer.hpp"
#include "server_state.hpp"
#include "tls_stream.hpp"

#include <filmoteka/async/task.hpp>

#include <memory>
#include <optional>
#include <string>

namespace filmoteka::http {

/// All calls on the executor's thread. There are no timers per operation: `deadline_` says when the
/// connection is overdue, and the thread's sweep calls cut_if_overdue().
class Connection {
 public:
  Connection(ConnectionContext& context, Socket socket, std::string peer);

  /// Serves until the connection ends. Throws only when cancelled.
  Task<void> run();
  /// Answers 503 without reading a request (too many connections), then closes as run() does.
  Task<void> turn_away();

  void cut_if_overdue(SteadyTime now);
  /// No request after the present one; ends an idle connection at once.
  void stop();
  /// The same, but an idle connection gets linger_timeout to send a request that is perhaps on its way.
  void drain();

 private:
  enum class Waiting { kForHandshake, kForRequest, kForHead, kForBody, kForHandler, kForPeer, kToClose };
  enum class Next { kRead, kFlush, kHandle };

  // Reading heads, queueing answers: connection.cpp
  Next answer_buffered();
  bool take_head();
  bool check_head(std::string_view head);
  void refuse(const Refusal& refusal);
  Envelope envelope();
  void answer(Response&& response);
  void end_exchange();

  // Bodies and handlers: connection_handler.cpp
  Task<void> answer_in_handler();
  Task<void> read_body();
  Task<void> read_sized_body();
  Task<void> read_chunked_body();
  Task<Response> call_handler();
  Task<Result<std::string>> next_piece(const BodyStream& stream);
  Task<void> answer_streaming(Response response);

  // TLS, where the server has it: connection_tls.cpp
  Task<void> shake_hands();
  Task<bool> can_go_on(TlsStream::Step step);
  Task<std::size_t> read_tls(char* data, std::size_t size);
  bool write_tls();

  // The socket: connection_io.cpp
  Task<std::size_t> read_some(char* data, std::size_t size);
  void read_failed();
  bool write_now();
  Task<void> write_all();
  Task<void> close();
  void wait(Waiting what, std::chrono::milliseconds span);
  void wait_for_input();
  void wait_for_handler();
  void cancel_io();

  ConnectionContext& context_;
  Socket socket_;
  std::unique_ptr<TlsStream> tls_;  // null: plain text
  std::string peer_;
  InputBuffer input_;
  HeadSearch head_search_;
  OutputQueue output_;
  Exchange exchange_;
  std::string body_;     // of the present request, if it was not in input_ at once
  std::string surplus_;  // what came after a chunked body
  Waiting waiting_ = Waiting::kForRequest;
  SteadyTime deadline_ = SteadyTime::max();
  SteadyTime now_;        // of the last request or answer
  bool overdue_ = false;  // the deadline has passed
  bool closing_ = false;  // no further request is answered
  bool broken_ = false;   // nothing more can be read or written
  bool lingers_ = false;  // the client has an answer to read and may still be sending
};

}  // namespace filmoteka::http
