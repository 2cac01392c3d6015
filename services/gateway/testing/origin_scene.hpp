/// For tests: a gateway in front of a server that answers what the test says (`--origin`).
#pragma once

#include <filmoteka/base/clock.hpp>

#include <gateway/testing/fake_metadata_server.hpp>
#include <gateway/testing/running_gateway.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::gateway {

/// The answers are taken in turn, the last one for ever; "" breaks the connection.
class OriginScene {
 public:
  explicit OriginScene(std::vector<std::string> answers) : answers_(std::move(answers)) {}

  /// `fields`: "Name: value" lines without their ends, of an answer with status 200 unless it is given.
  static std::string answer(std::vector<std::string> fields, std::string_view body = "body",
                            int status = 200) {
    std::string lines;
    for (const std::string& field : fields) lines += field + "\r\n";
    return testing::http_response(status, body, lines);
  }

  Reply get(std::string_view target = "/", std::string_view headers = {}) {
    return gateway_.get(target, headers);
  }
  Reply ask(std::string_view method, std::string_view target = "/", std::string_view headers = {}) {
    return gateway_.ask(method, target, headers);
  }
  /// What the cache did, without its name: "hit; ttl=3".
  std::string status(std::string_view target = "/", std::string_view headers = {}) {
    const std::string value = get(target, headers).header("Cache-Status");
    return value.substr(value.find("; ") + 2);
  }
  std::size_t asked() const { return origin_.requests().size(); }
  std::string request(std::size_t index) const { return origin_.requests().at(index); }
  /// Until the origin was asked that often: what happens in the background.
  void await_asked(std::size_t times) const {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (asked() < times && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
  }

  FakeClock clock;

 private:
  Settings settings() const {
    Settings settings;
    settings.origin = origin_.url();
    settings.limits.enabled = false;
    return settings;
  }

  std::vector<std::string> answers_;
  std::atomic<std::size_t> turn_{0};
  FakeMetadataServer origin_{[this](const std::string&, const std::string&) {
    return answers_[std::min(turn_++, answers_.size() - 1)];
  }};
  RunningGateway gateway_{settings(), clock};
};

}  // namespace filmoteka::gateway
