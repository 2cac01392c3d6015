/// Counts requests together with the other gateways, in Redis.
#pragma once

#include <filmoteka/redis/client.hpp>

#include <gateway/adapters/redis_limit_script.hpp>
#include <gateway/core/limits/shared_limits.hpp>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <vector>

namespace filmoteka::gateway {

struct RedisLimitsSettings {
  std::chrono::milliseconds take_deadline{10};    ///< how long a request may wait for an answer
  std::chrono::milliseconds report_interval{50};  ///< how long what was answered already waits to be reported
  std::chrono::milliseconds presence_interval{2'000};
};

/// While Redis does not answer, each gateway gives its part of the quotas, by the number of gateways that
/// were there when it last did. Metrics: filmoteka_gateway_limits_shared (1: counting together),
/// filmoteka_gateway_replicas, filmoteka_gateway_limit_calls_total{result="ok"|"failed"}.
///
/// Keys: filmoteka:limit:CLASS:ADDRESS, gone as soon as nothing is owed; filmoteka:gateways.
class RedisLimits final : public SharedLimits {
 public:
  /// All references outlive it.
  RedisLimits(redis::Client& client, Limits& limits, const Clock& clock, telemetry::Metrics& metrics,
              const RedisLimitsSettings& settings = {});

  /// Reports, and says that this gateway is there. Until it is cancelled; on a thread of the client's
  /// runtime.
  Task<void> run();
  /// Gateways that were there when Redis last answered, this one included.
  std::uint32_t replicas() const { return replicas_; }

  Task<std::optional<LimitVerdict>> take(Address client, RouteClass route_class) override;
  void report(const Address& client, RouteClass route_class, std::uint32_t requests) override;

 private:
  /// Of whom a charge is.
  struct Account {
    Address client;
    RouteClass route_class;
    std::uint32_t requests;
  };

  Task<void> send_reports();
  Task<void> stay_present();
  Task<std::optional<std::vector<Spent>>> charge(std::vector<Account> accounts, bool is_done,
                                                 Deadline deadline);
  Task<std::optional<std::vector<Spent>>> call(std::vector<Charge> charges, Deadline deadline);
  void learn(const std::vector<Account>& accounts, const std::vector<Spent>& all);
  void answered(bool ok);
  std::vector<Account> next_reports();

  redis::Client& client_;
  Limits& limits_;
  const Clock& clock_;
  RedisLimitsSettings settings_;
  std::string name_;  ///< of this gateway, random
  std::atomic<std::uint32_t> replicas_{1};
  std::mutex mutex_;  // guards reports_
  std::vector<Account> reports_;
  telemetry::Gauge& shared_gauge_;
  telemetry::Gauge& replicas_gauge_;
  telemetry::Counter& calls_;
  telemetry::Counter& failed_calls_;
};

}  // namespace filmoteka::gateway
