/// A second level at work, for tests.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/testing/then_cancel.hpp>

#include <gateway/adapters/redis_second_level.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <utility>

namespace filmoteka::gateway {

class RunningSecondLevel {
 public:
  using Test = std::function<Task<void>(RunningSecondLevel&)>;

  explicit RunningSecondLevel(const RedisSecondLevelSettings& settings, std::size_t threads = 1)
      : runtime_(threads),
        compression_("compression", 1),
        level_(runtime_, settings, compression_, metrics_,
               telemetry::Logger(nullptr, telemetry::LogLevel::kOff, "gateway")) {}

  /// Once.
  void run(const Test& test) { runtime_.run(main(*this, test)); }

  Runtime& runtime() { return runtime_; }
  RedisSecondLevel& level() { return level_; }

  Task<std::optional<std::string>> get(std::string key) {
    auto getting = level_.get(key);
    co_return co_await std::move(getting);
  }
  /// Returns when the write has ended, well or not.
  Task<void> put(std::string key, std::string bytes, std::chrono::seconds keep = std::chrono::seconds(60)) {
    const double before = writes();
    level_.put(std::move(key), std::move(bytes), keep);
    while (writes() == before) {
      auto turn = sleep_for(std::chrono::milliseconds(1));
      co_await std::move(turn);
    }
  }
  /// Asks until the key is found; false if that takes longer than `limit`.
  Task<bool> found_within(std::string key, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < end) {
      auto getting = get(key);
      if ((co_await std::move(getting)).has_value()) co_return true;
      auto turn = sleep_for(std::chrono::milliseconds(1));
      co_await std::move(turn);
    }
    co_return false;
  }

  double lookups(const std::string& result) const {
    return counter("lookups_total{result=\"" + result + "\"}");
  }
  double writes(const std::string& result) const {
    return counter("writes_total{result=\"" + result + "\"}");
  }
  double writes() const { return writes("written") + writes("failed") + writes("dropped"); }

 private:
  double counter(const std::string& name) const {
    const std::string all = metrics_.render();
    const std::string line = "\nfilmoteka_gateway_second_level_" + name + ' ';
    const std::size_t at = all.find(line);
    return at == std::string::npos ? -1 : std::stod(all.substr(at + line.size()));
  }

  static Task<void> main(RunningSecondLevel& self, const Test& test) {
    TaskGroup group(co_await asio::this_coro::executor);
    group.spawn(self.level_.run());
    auto running = filmoteka::testing::then_cancel(group, test(self));
    co_await std::move(running);
  }

  Runtime runtime_;
  telemetry::Metrics metrics_;
  BlockingPool compression_;
  RedisSecondLevel level_;
};

}  // namespace filmoteka::gateway
