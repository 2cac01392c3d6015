/// The second level of the cache on Redis.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/redis/client.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <gateway/adapters/second_level_metrics.hpp>
#include <gateway/adapters/unawaited_writes.hpp>
#include <gateway/core/cache/second_level.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::gateway {

struct RedisSecondLevelSettings {
  redis::Endpoint endpoint;
  std::chrono::milliseconds timeout{10};  ///< of one call; a later answer is a miss
  /// What all keys begin with. Gateways whose answers differ need different ones, or different databases.
  std::string prefix = "filmoteka:answer:";
};

/// Costs its caller one round trip or `timeout`, whatever state Redis is in: a call that fails is a miss,
/// after a few of them Redis is not asked at all, but for a probe each second at least (libs/redis). What
/// lies there is believed if it is whole and of the same key; who may write to Redis may write answers.
///
/// Answers above 1 MiB are not put there: they are unpacked on the I/O thread. A thread that could not read
/// does not write either, until a read has been answered: Redis is not given more work while it is slow.
class RedisSecondLevel final : public SecondLevel {
 public:
  /// `runtime`, `compression` and `metrics` outlive it.
  RedisSecondLevel(const Runtime& runtime, const RedisSecondLevelSettings& settings,
                   BlockingPool& compression, telemetry::Metrics& metrics, telemetry::Logger log);

  /// Keeps the connections and the writes until it is cancelled. Without it, and after it, all is a miss.
  Task<void> run();

  Task<std::optional<std::string>> get(std::string_view key) override;
  void put(std::string key, std::string bytes, std::chrono::seconds keep) override;

  /// For people: "ok", or what is wrong. Thread-safe.
  std::string describe() const { return client_.describe(); }

 private:
  struct PerThread {
    explicit PerThread(const Executor& its) : executor(its), writes(its) {}
    Executor executor;
    UnawaitedWrites writes;
    bool is_away = false;  ///< Redis: the last read failed
  };
  PerThread& this_thread();
  std::string name_of(std::string_view key) const;
  std::optional<std::string> take(std::string_view key, Result<std::vector<redis::Reply>> replies);
  Task<void> write(std::string key, std::string bytes, std::chrono::seconds keep);

  redis::Client client_;
  std::string prefix_;
  BlockingPool& compression_;
  std::vector<std::unique_ptr<PerThread>> threads_;
  SecondLevelMetrics metrics_;
};

}  // namespace filmoteka::gateway
