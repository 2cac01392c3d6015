/// The replicas of the metadata service as all I/O threads share them: who is there, who is asked, who is
/// out.
#pragma once

#include <filmoteka/telemetry/log.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <gateway/adapters/replica_metrics.hpp>
#include <gateway/core/balance/replica_set.hpp>

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace filmoteka::gateway {

struct ReplicaAddress {
  std::string name;     ///< what tells it from others, in logs and metrics: "10.0.0.7:8081"
  std::string url;      ///< "http://metadata:8081"
  std::string address;  ///< the IP to connect to; empty: that of the URL
  bool operator==(const ReplicaAddress&) const = default;
};

/// Thread-safe; ReplicaSet decides, under a lock. Logs once when a replica goes out and when it is back.
/// Metrics besides those of the replicas: filmoteka_gateway_retries_total,
/// filmoteka_gateway_refused_calls_total{reason="all_out"|"all_full"|"no_retry"}.
class Replicas {
 public:
  Replicas(const BalanceSettings& settings, telemetry::Logger log, telemetry::Metrics& metrics);

  /// Those that there are from now on.
  void replace(const std::vector<ReplicaAddress>& addresses);
  /// Another number after each replace() that has changed anything.
  std::uint64_t version() const { return version_.load(std::memory_order_acquire); }
  /// nullopt: it is gone.
  std::optional<ReplicaAddress> address_of(ReplicaId replica) const;

  /// See ReplicaSet. `why` is for the log, if the replica goes out for it.
  std::variant<ReplicaChoice, NoChoice> choose(bool repeatable);
  std::variant<ReplicaChoice, NoChoice> choose_again(const std::vector<ReplicaId>& tried);
  void ended(const ReplicaChoice& choice, CallEnd end, std::string_view why);
  std::vector<ReplicaId> begin_probes();
  void probed(ReplicaId replica, CallEnd end, std::string_view why);

  struct Health {
    /// Some replica has answered. Not that one does: while all are away every gateway can serve what it
    /// keeps, and a balancer that took all of them out would make an outage of it.
    bool ok = false;
    std::string message;  ///< for people
  };
  Health health() const;

 private:
  void note_refusal(const std::variant<ReplicaChoice, NoChoice>& choice);
  void note_change(ReplicaId replica, ReplicaStanding::Change change, std::string_view why);
  const ReplicaSet::Replica* find(ReplicaId replica) const;

  telemetry::Logger log_;
  telemetry::Counter& retries_;
  telemetry::Counter& all_out_;
  telemetry::Counter& all_full_;
  telemetry::Counter& no_retry_;
  std::atomic<std::uint64_t> version_{0};
  mutable std::mutex mutex_;  // guards all below; held for a decision, never for I/O
  ReplicaSet set_;
  ReplicaMetrics metrics_;
  std::vector<ReplicaAddress> addresses_;
  std::string last_failure_;
  bool has_answered_ = false;  ///< some replica, some time
};

}  // namespace filmoteka::gateway
