/// Plain sockets on 127.0.0.1 for tests that must send or see exact bytes. Blocking, with time limits; no
/// Asio.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace filmoteka::testing {

/// One end of a connection. Ends of file, resets and time-outs end reads and writes early, without errors:
/// tests look at what came.
class RawSocket {
 public:
  explicit RawSocket(int descriptor) : descriptor_(descriptor) {}
  /// Connects to 127.0.0.1; throws std::runtime_error if it can't.
  static RawSocket connect(std::uint16_t port);
  ~RawSocket();
  RawSocket(RawSocket&& other) noexcept;
  RawSocket& operator=(RawSocket&&) = delete;

  /// False once the peer takes no more.
  bool send(std::string_view bytes);
  /// Until `end` has come (it included), the peer closed, or the time is over.
  std::string read_until(std::string_view end, std::chrono::milliseconds limit = std::chrono::seconds(10));
  std::string read_to_end(std::chrono::milliseconds limit = std::chrono::seconds(10));
  /// One answer with Content-Length or without a body, kept apart from the next one on the connection.
  std::string read_response(std::chrono::milliseconds limit = std::chrono::seconds(10));
  /// True if the peer has closed within the time.
  bool closed_within(std::chrono::milliseconds limit);
  void finish_sending();  ///< half-close
  void reset();           ///< closes with RST

 private:
  bool fill(std::chrono::steady_clock::time_point limit);
  int descriptor_;
  std::string buffered_;
  bool ended_ = false;
};

/// A server that is as bad as the test wants: each connection is given to `handler` on a thread of its own
/// with the request's head already read; the connection is closed when the handler returns.
class RawServer {
 public:
  using Handler = std::function<void(const std::string& head, RawSocket& connection)>;
  /// `head_end`: how the head that is read first ends.
  explicit RawServer(Handler handler, std::string head_end = "\r\n\r\n");
  ~RawServer();  ///< waits for the handlers; they see their peers gone by then
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url(std::string_view path = "/") const;
  int connections() const { return connections_; }
  /// For handlers that wait: true once the server is being destroyed.
  bool stopping() const { return stopping_; }

 private:
  void accept_all();

  Handler handler_;
  std::string head_end_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread acceptor_;
  std::vector<std::thread> workers_;  ///< touched by the acceptor's thread only, and after its end
};

/// "HTTP/1.1 200 OK" with Content-Length and Connection: close.
std::string http_response(int status, std::string_view body, std::string_view headers = {});

}  // namespace filmoteka::testing
