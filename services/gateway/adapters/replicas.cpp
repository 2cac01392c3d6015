#include <gateway/adapters/replicas.hpp>

#include <algorithm>
#include <random>
#include <utility>

namespace filmoteka::gateway {
namespace {

SteadyTime now() {
  return std::chrono::steady_clock::now();
}

telemetry::Counter& refused(telemetry::Metrics& metrics, const char* reason) {
  return metrics.counter("filmoteka_gateway_refused_calls_total",
                         "Calls that no replica was asked for: all are out, all have enough to do, or the "
                         "budget for repetitions is used up.",
                         {{"reason", reason}});
}

}  // namespace

Replicas::Replicas(const BalanceSettings& settings, telemetry::Logger log, telemetry::Metrics& metrics)
    : log_(std::move(log)),
      retries_(
          metrics.counter("filmoteka_gateway_retries_total", "Calls that were sent to another replica.")),
      all_out_(refused(metrics, "all_out")),
      all_full_(refused(metrics, "all_full")),
      no_retry_(refused(metrics, "no_retry")),
      set_(settings, std::random_device{}()),
      metrics_(metrics) {}

void Replicas::replace(const std::vector<ReplicaAddress>& addresses) {
  const std::lock_guard lock(mutex_);
  if (addresses == addresses_) return;
  std::vector<std::string> names;
  for (const ReplicaAddress& address : addresses) names.push_back(address.name);
  for (const ReplicaAddress& old : addresses_) {
    if (std::ranges::find(names, old.name) != names.end()) continue;
    metrics_.removed(old.name);
    log_.info("a replica of the metadata service is gone", {{"replica", old.name}});
  }
  addresses_ = addresses;
  set_.replace(names, now());
  for (const ReplicaSet::Replica& replica : set_.replicas()) {
    metrics_.changed(replica, ReplicaStanding::Change::kNone);
  }
  version_.fetch_add(1, std::memory_order_release);
}

std::optional<ReplicaAddress> Replicas::address_of(ReplicaId id) const {
  const std::lock_guard lock(mutex_);
  const ReplicaSet::Replica* replica = find(id);
  if (replica == nullptr) return std::nullopt;
  return *std::ranges::find(addresses_, replica->name, &ReplicaAddress::name);
}

std::variant<ReplicaChoice, NoChoice> Replicas::choose(bool repeatable) {
  const std::lock_guard lock(mutex_);
  auto choice = set_.choose(repeatable, now());
  note_refusal(choice);
  return choice;
}

std::variant<ReplicaChoice, NoChoice> Replicas::choose_again(const std::vector<ReplicaId>& tried) {
  const std::lock_guard lock(mutex_);
  auto choice = set_.choose_again(tried, now());
  if (std::holds_alternative<ReplicaChoice>(choice)) retries_.increment();
  note_refusal(choice);
  return choice;
}

void Replicas::note_refusal(const std::variant<ReplicaChoice, NoChoice>& choice) {
  const auto* refusal = std::get_if<NoChoice>(&choice);
  if (refusal == nullptr) return;
  (*refusal == NoChoice::kAllOut    ? all_out_
   : *refusal == NoChoice::kAllFull ? all_full_
                                    : no_retry_)
      .increment();
}

void Replicas::ended(const ReplicaChoice& choice, CallEnd end, std::string_view why) {
  const std::lock_guard lock(mutex_);
  const SteadyTime at = now();
  const auto change = set_.ended(choice, end, at);
  has_answered_ = has_answered_ || end == CallEnd::kAnswered;
  if (const auto* replica = find(choice.replica)) metrics_.ended(*replica, end, at - choice.begin);
  note_change(choice.replica, change, why);
}

std::vector<ReplicaId> Replicas::begin_probes() {
  const std::lock_guard lock(mutex_);
  return set_.begin_probes(now());
}

void Replicas::probed(ReplicaId replica, CallEnd end, std::string_view why) {
  const std::lock_guard lock(mutex_);
  has_answered_ = has_answered_ || end == CallEnd::kAnswered;
  note_change(replica, set_.probed(replica, end, now()), why);
}

void Replicas::note_change(ReplicaId id, ReplicaStanding::Change change, std::string_view why) {
  if (!why.empty()) last_failure_ = why;
  if (change == ReplicaStanding::Change::kNone) return;
  const ReplicaSet::Replica& replica = *find(id);
  metrics_.changed(replica, change);
  if (change == ReplicaStanding::Change::kBack) {
    log_.info("a replica of the metadata service is back", {{"replica", replica.name}});
  } else {
    log_.warning("a replica of the metadata service is out", {{"replica", replica.name}, {"error", why}});
  }
}

const ReplicaSet::Replica* Replicas::find(ReplicaId id) const {
  const auto found = std::ranges::find(set_.replicas(), id, &ReplicaSet::Replica::id);
  return found == set_.replicas().end() ? nullptr : &*found;
}

Replicas::Health Replicas::health() const {
  const std::lock_guard lock(mutex_);
  const auto answers = std::ranges::count_if(set_.replicas(), [](const ReplicaSet::Replica& replica) {
    return replica.has_answered && replica.standing.state() == ReplicaStanding::State::kIn;
  });
  const std::size_t all = set_.replicas().size();
  if (static_cast<std::size_t>(answers) == all && all > 0) return {true, "ok"};
  if (answers > 0) return {true, std::to_string(answers) + " of " + std::to_string(all) + " replicas answer"};
  if (last_failure_.empty()) return {has_answered_, "the metadata service was not asked yet"};
  const std::string why =
      "the metadata service does not answer: " + last_failure_ + " Is it running, and is --metadata right?";
  if (!has_answered_) return {false, why};
  return {true, "degraded: only what is cached can be served; " + why};
}

}  // namespace filmoteka::gateway
