/// For tests: a whole gateway on a free port, with threads of its own.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/testing/loopback.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <gateway/service.hpp>

#include <future>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace filmoteka::gateway {

struct Reply {
  int status = 0;
  std::string head;
  std::string body;
  /// Empty if there is none.
  std::string header(std::string_view name) const {
    for (const std::string_view line : split(head, '\n')) {
      const auto colon = line.find(':');
      if (colon != std::string_view::npos && equals_ignore_case_ascii(line.substr(0, colon), name)) {
        return std::string(trim(line.substr(colon + 1)));
      }
    }
    return {};
  }
};

inline Reply parse_reply(const std::string& text) {
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos) throw std::runtime_error("no whole answer came: " + text);
  return {std::stoi(text.substr(9, 3)), text.substr(0, end), text.substr(end + 4)};
}

class RunningGateway {
 public:
  /// `sink`: gets the log, with a line for each request; null: there is none.
  explicit RunningGateway(Settings settings, const Clock& clock = SystemClock::instance(),
                          std::shared_ptr<telemetry::LogSink> sink = nullptr)
      : clock_(clock), log_(sink, sink ? telemetry::LogLevel::kInfo : telemetry::LogLevel::kOff, "gateway") {
    settings.server.port = 0;
    settings.server.access_log = sink != nullptr;
    gateway_ =
        std::make_unique<Gateway>(std::move(settings), kit::Environment{runtime_, log_, metrics_, clock_});
    std::promise<Result<void>> started;
    auto outcome = started.get_future();
    thread_ = std::jthread([this, &started] {
      auto main = life(*this, started);
      runtime_.run(std::move(main));
    });
    if (const auto result = outcome.get(); result.has_error()) {
      thread_.join();
      throw std::runtime_error(describe(result.error()));
    }
    const std::string url = gateway_->base_url();
    port_ = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  }

  ~RunningGateway() {
    if (!thread_.joinable()) return;
    asio::post(runtime_.executor(0), [this] { stop_.set(); });
    thread_.join();
  }

  /// `headers`: whole lines with their ends.
  Reply get(std::string_view target, std::string_view headers = {}) const {
    return ask("GET", target, headers);
  }
  Reply ask(std::string_view method, std::string_view target, std::string_view headers = {}) const {
    auto socket = testing::RawSocket::connect(port_);
    socket.send(std::string(method) + " " + std::string(target) +
                " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + std::string(headers) + "\r\n");
    return parse_reply(socket.read_to_end());
  }
  std::uint16_t port() const { return port_; }
  const Gateway& service() const { return *gateway_; }
  std::string metrics() const { return metrics_.render(); }

 private:
  static Task<void> life(RunningGateway& self, std::promise<Result<void>>& started) {
    auto starting = self.gateway_->start();
    Result<void> outcome = co_await std::move(starting);
    const bool ok = outcome.has_value();
    started.set_value(std::move(outcome));
    if (!ok) co_return;
    auto until = self.stop_.wait();
    co_await std::move(until);
    auto stopping = self.gateway_->stop(Deadline::after(std::chrono::seconds(5)));
    co_await std::move(stopping);
  }

  const Clock& clock_;
  Runtime runtime_{2};
  telemetry::Logger log_;
  telemetry::Metrics metrics_;
  Event stop_{runtime_.executor(0)};
  std::unique_ptr<Gateway> gateway_;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

}  // namespace filmoteka::gateway
