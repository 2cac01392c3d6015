/// What the metrics say about each replica.
#pragma once

#include <filmoteka/telemetry/metrics.hpp>

#include <gateway/core/balance/replica_set.hpp>

#include <map>
#include <string>

namespace filmoteka::gateway {

/// The first 32 names have labels of their own, all others share "other": addresses that come and go for
/// weeks must not fill the memory. Not thread-safe. Metrics, all by `replica`:
/// filmoteka_gateway_replica_calls_total{end="answered"|"fault"|"silence"|"given_up"},
/// filmoteka_gateway_replica_seconds, _replica_in (1: it is asked), _replica_calls, _replica_limit,
/// _replica_ejections_total.
class ReplicaMetrics {
 public:
  explicit ReplicaMetrics(telemetry::Metrics& metrics) : metrics_(metrics) {}
  void ended(const ReplicaSet::Replica& replica, CallEnd end, std::chrono::nanoseconds took);
  /// It has come, gone out or come back.
  void changed(const ReplicaSet::Replica& replica, ReplicaStanding::Change change);
  /// There is no such replica any more.
  void removed(const std::string& name);

 private:
  struct One {
    std::map<CallEnd, telemetry::Counter*> ends;
    telemetry::Histogram* seconds;
    telemetry::Gauge* in;
    telemetry::Gauge* calls;
    telemetry::Gauge* limit;
    telemetry::Counter* ejections;
  };
  One& of(const std::string& name);
  One make(const std::string& label);

  telemetry::Metrics& metrics_;
  std::map<std::string, One> known_;
};

}  // namespace filmoteka::gateway
