/// For tests: a server in the background, and a client that sends raw bytes. (Its source is named like a
/// test, so that it is linked into the test program only.)
#pragma once

#include <filmoteka/http/server.hpp>

#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace filmoteka::http {

/// Keeps the lines of the log. Thread-safe.
class LinesSink final : public telemetry::LogSink {
 public:
  void write(std::string_view line) override;
  std::vector<std::string> lines() const;

 private:
  mutable std::mutex mutex_;  // guards lines_
  std::vector<std::string> lines_;
};

/// Starts in the constructor, stops in the destructor.
class TestServer {
 public:
  explicit TestServer(Router router, ServerSettings settings = {}, std::size_t threads = 1,
                      ClientOf client_of = {});
  ~TestServer();
  std::uint16_t port() const { return server_->port(); }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
  void stop(Deadline deadline = Deadline::after(std::chrono::seconds(10)));
  void wait_until_stopped();
  std::vector<std::string> log_lines() const { return sink_->lines(); }
  std::string metrics() const { return metrics_.render(); }

 private:
  Router router_;
  std::shared_ptr<LinesSink> sink_ = std::make_shared<LinesSink>();
  telemetry::Metrics metrics_;
  Runtime runtime_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

/// GET /hello (handler), GET /fast (fast handler, ready answer of 8 KiB), POST /echo, GET /throw, GET
/// /fail/{code} (a refusal with a detail), GET /stream, GET /broken-stream, GET /big (text of 20 KiB with an
/// ETag), GET /movies/{id}.
Router test_router();

/// One answer as it came.
struct RawAnswer {
  int status = 0;
  std::string head;  ///< status line and headers with the empty line; "" when the connection ended before
  std::string body;
  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

/// A blocking connection; each wait ends after 20 seconds.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False when the server does not take it any more.
  bool send(std::string_view bytes);
  void shutdown_send();
  /// `without_body`: the answer to HEAD.
  RawAnswer read(bool without_body = false);
  /// Everything until the server closes. Fails the test if it does not.
  std::string read_to_end();
  /// True if the server closes or resets without sending anything more.
  bool is_closed();

 private:
  bool fill();

  int socket_;
  std::string buffer_;
};

std::string get(std::string_view target, std::string_view more_headers = {});

}  // namespace filmoteka::http
