/// For tests: a metadata service that answers what the test says, and remembers what it was asked.
#pragma once

#include <filmoteka/testing/loopback.hpp>

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::gateway {

/// The gateway's readiness probe is answered with 200, its question for changes with none; neither is
/// counted.
class FakeMetadataServer {
 public:
  /// Gives the whole answer to a request head; runs on threads of the server. Empty: the connection is
  /// closed.
  using Answer = std::function<std::string(const std::string& target, const std::string& head)>;

  explicit FakeMetadataServer(Answer answer)
      : answer_(std::move(answer)), server_([this](const std::string& head, testing::RawSocket& connection) {
          serve(head, connection);
        }) {}

  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()); }
  std::uint16_t port() const { return server_.port(); }
  bool stopping() const { return server_.stopping(); }
  /// The heads of all requests so far.
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void serve(const std::string& head, testing::RawSocket& connection) {
    const std::size_t begin = head.find(' ') + 1;
    const std::string target = head.substr(begin, head.find(' ', begin) - begin);
    if (target.ends_with("fields=id&count=none")) {
      connection.send(testing::http_response(200, "{}", "Content-Type: application/json\r\n"));
      return;
    }
    if (target.starts_with("/internal/v1/changes")) {
      connection.send(testing::http_response(200, R"({"changes":[],"revision":0})",
                                             "Content-Type: application/json\r\n"));
      return;
    }
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(head);
    }
    connection.send(answer_(target, head));
  }

  Answer answer_;
  mutable std::mutex mutex_;  // guards requests_
  std::vector<std::string> requests_;
  testing::RawServer server_;  // last: its threads use the rest
};

}  // namespace filmoteka::gateway
