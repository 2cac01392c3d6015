/// A client at work, for tests.
#pragma once

#include <filmoteka/async/task_group.hpp>
#include <filmoteka/redis/client.hpp>
#include <filmoteka/testing/then_cancel.hpp>

#include <functional>
#include <string>

namespace filmoteka::redis::testing {

inline ClientSettings settings_for(const std::string& url) {
  ClientSettings settings;
  settings.endpoint = parse_endpoint(url).value();
  settings.command_timeout = std::chrono::seconds(5);  // the machine may be busy: not what is tested
  settings.connect_timeout = std::chrono::seconds(5);
  settings.backoff = {std::chrono::milliseconds(1), std::chrono::milliseconds(5)};
  return settings;
}

class WithClient {
 public:
  using Test = std::function<Task<void>(Client&)>;

  explicit WithClient(const ClientSettings& settings, std::size_t threads = 1)
      : runtime_(threads),
        client_(runtime_, settings, metrics_,
                telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "redis")) {}

  /// Once.
  void run(const Test& test) { runtime_.run(main(client_, test)); }
  Runtime& runtime() { return runtime_; }
  std::string metrics() const { return metrics_.render(); }

 private:
  static Task<void> main(Client& client, const Test& test) {
    TaskGroup group(co_await asio::this_coro::executor);
    group.spawn(client.run());
    auto running = filmoteka::testing::then_cancel(group, test(client));
    co_await std::move(running);
  }

  Runtime runtime_;
  telemetry::Metrics metrics_;
  Client client_;
};

inline void with_client(const ClientSettings& settings, const WithClient::Test& test) {
  WithClient client(settings);
  client.run(test);
}

/// One command, and its reply.
inline Task<Result<Reply>> ask(Client& client, Commands command, Deadline deadline = Deadline::never()) {
  auto calling = client.call(std::move(command), deadline);
  FILMOTEKA_CO_TRY(std::vector<Reply> replies, co_await std::move(calling));
  co_return std::move(replies.front());
}

}  // namespace filmoteka::redis::testing
