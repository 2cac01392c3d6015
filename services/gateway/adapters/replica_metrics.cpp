#include <gateway/adapters/replica_metrics.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

constexpr std::size_t kMaxNames = 32;
constexpr const char* kOther = "other";

}  // namespace

void ReplicaMetrics::ended(const ReplicaSet::Replica& replica, CallEnd end, std::chrono::nanoseconds took) {
  One& one = of(replica.name);
  one.ends.at(end)->increment();
  one.seconds->observe(std::chrono::duration<double>(took).count());
  one.calls->set(static_cast<double>(replica.in_flight));
  one.limit->set(replica.limit.value());
}

void ReplicaMetrics::changed(const ReplicaSet::Replica& replica, ReplicaStanding::Change change) {
  One& one = of(replica.name);
  if (change == ReplicaStanding::Change::kOut) one.ejections->increment();
  one.in->set(replica.standing.state() == ReplicaStanding::State::kIn ? 1 : 0);
  one.limit->set(replica.limit.value());
}

void ReplicaMetrics::removed(const std::string& name) {
  One& one = of(name);
  for (telemetry::Gauge* gauge : {one.in, one.calls, one.limit}) gauge->set(0);
}

ReplicaMetrics::One& ReplicaMetrics::of(const std::string& name) {
  if (const auto known = known_.find(name); known != known_.end()) return known->second;
  const std::string label = known_.size() < kMaxNames ? name : kOther;
  if (const auto known = known_.find(label); known != known_.end()) return known->second;
  return known_.emplace(label, make(label)).first->second;
}

ReplicaMetrics::One ReplicaMetrics::make(const std::string& label) {
  const telemetry::Labels replica{{"replica", label}};
  One one{
      .ends = {},
      .seconds = &metrics_.histogram("filmoteka_gateway_replica_seconds",
                                     "Time of calls to a replica of the metadata service.",
                                     telemetry::latency_buckets(), replica),
      .in = &metrics_.gauge("filmoteka_gateway_replica_in", "1 if the replica is asked, 0 if it is out.",
                            replica),
      .calls = &metrics_.gauge("filmoteka_gateway_replica_calls", "Calls to a replica under way.", replica),
      .limit = &metrics_.gauge("filmoteka_gateway_replica_limit",
                               "Calls that a replica is given at the same time at most.", replica),
      .ejections = &metrics_.counter("filmoteka_gateway_replica_ejections_total",
                                     "How often a replica was put out.", replica)};
  constexpr std::pair<CallEnd, const char*> kEnds[] = {{CallEnd::kAnswered, "answered"},
                                                       {CallEnd::kFault, "fault"},
                                                       {CallEnd::kSilence, "silence"},
                                                       {CallEnd::kGivenUp, "given_up"}};
  for (const auto& [end, text] : kEnds) {
    one.ends[end] = &metrics_.counter("filmoteka_gateway_replica_calls_total",
                                      "Calls to a replica by how they ended; probes are not counted.",
                                      {{"replica", label}, {"end", text}});
  }
  return one;
}

}  // namespace filmoteka::gateway
