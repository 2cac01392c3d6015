/// Which replica is asked next, and what its answers say about it: all decisions of the balancing.
#pragma once

#include <gateway/core/balance/adaptive_limit.hpp>
#include <gateway/core/balance/patience.hpp>
#include <gateway/core/balance/peak_ewma.hpp>
#include <gateway/core/balance/replica_standing.hpp>
#include <gateway/core/balance/retry_budget.hpp>

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace filmoteka::gateway {

struct BalanceSettings {
  ReplicaStandingSettings standing;
  AdaptiveLimitSettings limit;
  PatienceSettings patience;
  RetryBudgetSettings retries;
};

using ReplicaId = std::uint32_t;  ///< never given twice

/// Leave for one call; to be given back by ReplicaSet::ended().
struct ReplicaChoice {
  ReplicaId replica = 0;
  std::uint64_t generation = 0;
  SteadyTime begin{};
  std::chrono::milliseconds patience{};  ///< a call that takes longer counts as unanswered
  bool may_cut = false;                  ///< and is worth cutting: there is another one to ask
};

enum class NoChoice : std::uint8_t {
  kAllOut,   ///< nobody is left who might answer
  kAllFull,  ///< each has as many calls as it can take
  kNoRetry   ///< the budget for repetitions is used up
};

/// Power of two choices (Mitzenmacher 2001) by time × (calls under way + 1). Rules:
/// - A silent replica is never asked: it costs time, and all who wait for it.
/// - A faulty one is put out only as long as no more than half of all are out. When more are (somebody fell
///   silent later), health is ignored among those that speak: then the fault is hardly theirs.
/// - A call that has failed counts as a slow one, until an answer or a probe shows that it may have been the
///   only one: then the next call finds out. So one failure costs no more than the time to the next probe.
/// - When all replicas that may be asked are full, the call is refused; that counts against nobody.
/// Pure; not thread-safe.
class ReplicaSet {
 public:
  ReplicaSet(const BalanceSettings& settings, std::uint64_t seed) : settings_(settings), random_(seed) {}

  /// The replicas that there are from now on, by name; what is known about those that stay is kept, those
  /// that are added to others begin slowly. True if anything has changed.
  bool replace(std::span<const std::string> names, SteadyTime now);

  /// For a new call. `repeatable`: it may be sent to another one if this one does not answer.
  std::variant<ReplicaChoice, NoChoice> choose(bool repeatable, SteadyTime now);
  /// The same call again, from the budget, of who has not been `tried` yet.
  std::variant<ReplicaChoice, NoChoice> choose_again(std::span<const ReplicaId> tried, SteadyTime now);
  ReplicaStanding::Change ended(const ReplicaChoice& choice, CallEnd end, SteadyTime now);

  /// Who is to be probed now; each is told about by probed().
  std::vector<ReplicaId> begin_probes(SteadyTime now);
  ReplicaStanding::Change probed(ReplicaId replica, CallEnd end, SteadyTime now);

  struct Replica {
    ReplicaId id = 0;
    std::string name;
    ReplicaStanding standing;
    AdaptiveLimit limit;
    PeakEwma time{};
    std::size_t in_flight = 0;
    bool has_answered = false;
    bool has_failed = false;  ///< its last call
  };
  const std::vector<Replica>& replicas() const { return replicas_; }

 private:
  Replica* find(ReplicaId id);
  std::size_t count_out() const;
  bool may_be_asked(const Replica& replica) const;
  std::variant<ReplicaChoice, NoChoice> choose_of_others(std::span<const ReplicaId> tried, bool repeatable,
                                                         SteadyTime now);
  Replica& better_of_two(std::vector<Replica*>& candidates, SteadyTime now);
  double random() { return std::uniform_real_distribution<double>(0, 1)(random_); }
  static void after(Replica& replica, ReplicaStanding::Change change);

  BalanceSettings settings_;
  std::mt19937_64 random_;
  std::vector<Replica> replicas_;
  ReplicaId last_id_ = 0;
  Patience patience_{settings_.patience};
  RetryBudget retries_{settings_.retries};
};

}  // namespace filmoteka::gateway
