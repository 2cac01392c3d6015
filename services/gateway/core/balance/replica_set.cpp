#include <gateway/core/balance/replica_set.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace filmoteka::gateway {
namespace {

/// What a call that failed is taken to have lasted: a replica that fails fast must not look like a fast one.
constexpr std::chrono::seconds kFailed{1};
/// What is below it is equal, so that chance (who had to connect first) does not keep anybody without work.
constexpr double kNoise = 5e6;  // nanoseconds

double cost(const ReplicaSet::Replica& replica, SteadyTime now) {
  const auto in_flight = static_cast<double>(replica.in_flight);
  const auto time = replica.time.value(now);
  if (time) return std::max(*time, kNoise) * (in_flight + 1);
  // Nothing is known of it: one call finds out.
  return std::chrono::duration<double, std::nano>(kFailed).count() * in_flight;
}

}  // namespace

bool ReplicaSet::replace(std::span<const std::string> names, SteadyTime now) {
  const bool at_first = replicas_.empty();
  const auto is_gone = [names](const Replica& replica) {
    return std::ranges::find(names, replica.name) == names.end();
  };
  bool changed = std::erase_if(replicas_, is_gone) > 0;
  for (const std::string& name : names) {
    if (std::ranges::find(replicas_, name, &Replica::name) != replicas_.end()) continue;
    replicas_.push_back(
        {++last_id_, name, ReplicaStanding(settings_.standing, now), AdaptiveLimit(settings_.limit)});
    if (!at_first) {
      replicas_.back().standing.begin_slowly(now);
      replicas_.back().limit.restart();
    }
    changed = true;
  }
  return changed;
}

std::variant<ReplicaChoice, NoChoice> ReplicaSet::choose(bool repeatable, SteadyTime now) {
  retries_.deposit(now);
  return choose_of_others({}, repeatable, now);
}

std::variant<ReplicaChoice, NoChoice> ReplicaSet::choose_again(std::span<const ReplicaId> tried,
                                                               SteadyTime now) {
  if (!retries_.has_one()) return NoChoice::kNoRetry;
  auto choice = choose_of_others(tried, true, now);
  if (std::holds_alternative<ReplicaChoice>(choice)) retries_.withdraw();
  return choice;
}

std::variant<ReplicaChoice, NoChoice> ReplicaSet::choose_of_others(std::span<const ReplicaId> tried,
                                                                   bool repeatable, SteadyTime now) {
  std::vector<Replica*> candidates;
  for (Replica& replica : replicas_) {
    if (std::ranges::find(tried, replica.id) != tried.end() || !may_be_asked(replica)) continue;
    candidates.push_back(&replica);
  }
  if (candidates.empty()) return NoChoice::kAllOut;
  const bool others = candidates.size() > 1;
  std::erase_if(candidates,
                [](const Replica* replica) { return !replica->limit.admits(replica->in_flight); });
  if (candidates.empty()) return NoChoice::kAllFull;
  std::vector<Replica*> drawn;
  std::ranges::copy_if(candidates, std::back_inserter(drawn), [this, now](const Replica* replica) {
    const double weight = replica->standing.weight(now);
    return weight >= 1 || random() < weight;
  });
  Replica& chosen = better_of_two(drawn.empty() ? candidates : drawn, now);
  ++chosen.in_flight;
  return ReplicaChoice{.replica = chosen.id,
                       .generation = chosen.standing.generation(),
                       .begin = now,
                       .patience = patience_.value(),
                       .may_cut = repeatable && others && retries_.has_one()};
}

ReplicaSet::Replica& ReplicaSet::better_of_two(std::vector<Replica*>& candidates, SteadyTime now) {
  const auto draw = [&candidates, this] {
    const auto at = static_cast<std::size_t>(random() * static_cast<double>(candidates.size()));
    Replica* drawn = candidates[at];
    candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(at));
    return drawn;
  };
  Replica* first = draw();
  if (candidates.empty()) return *first;
  Replica* second = draw();
  return cost(*second, now) < cost(*first, now) ? *second : *first;
}

ReplicaStanding::Change ReplicaSet::ended(const ReplicaChoice& choice, CallEnd end, SteadyTime now) {
  Replica* replica = find(choice.replica);
  if (replica == nullptr) return ReplicaStanding::Change::kNone;
  const std::size_t in_flight = replica->in_flight--;
  if (choice.generation != replica->standing.generation() || end == CallEnd::kGivenUp) {
    return ReplicaStanding::Change::kNone;
  }
  const std::chrono::nanoseconds took = now - choice.begin;
  const bool answered = end == CallEnd::kAnswered;
  replica->has_failed = !answered;
  if (answered) {
    replica->has_answered = true;
    replica->limit.answered(took, in_flight, now);
  } else if (end == CallEnd::kSilence) {
    replica->limit.unanswered(now);
  }
  replica->time.observe(answered ? took : std::max<std::chrono::nanoseconds>(took, kFailed), now);
  // A refused connection says nothing about how long calls take.
  if (answered || took >= choice.patience) patience_.observe(took);
  const bool may_be_faulty = (count_out() + 1) * 2 <= replicas_.size();
  const auto change = replica->standing.called(end, may_be_faulty, now);
  after(*replica, change);
  return change;
}

std::vector<ReplicaId> ReplicaSet::begin_probes(SteadyTime now) {
  std::vector<ReplicaId> due;
  for (Replica& replica : replicas_) {
    if (replica.standing.begin_probe(now)) due.push_back(replica.id);
  }
  return due;
}

ReplicaStanding::Change ReplicaSet::probed(ReplicaId id, CallEnd end, SteadyTime now) {
  Replica* replica = find(id);
  if (replica == nullptr) return ReplicaStanding::Change::kNone;
  if (end == CallEnd::kAnswered) {
    replica->has_answered = true;
    if (std::exchange(replica->has_failed, false)) replica->time.forget();
  }
  const auto change = replica->standing.probed(end, now);
  after(*replica, change);
  return change;
}

void ReplicaSet::after(Replica& replica, ReplicaStanding::Change change) {
  if (change != ReplicaStanding::Change::kBack) return;
  replica.limit.restart();
  replica.time.forget();
  replica.has_failed = false;
}

ReplicaSet::Replica* ReplicaSet::find(ReplicaId id) {
  const auto found = std::ranges::find(replicas_, id, &Replica::id);
  return found == replicas_.end() ? nullptr : &*found;
}

std::size_t ReplicaSet::count_out() const {
  return static_cast<std::size_t>(std::ranges::count_if(replicas_, [](const Replica& replica) {
    return replica.standing.state() != ReplicaStanding::State::kIn;
  }));
}

bool ReplicaSet::may_be_asked(const Replica& replica) const {
  switch (replica.standing.state()) {
    case ReplicaStanding::State::kIn:
      return true;
    case ReplicaStanding::State::kSilent:
      return false;
    case ReplicaStanding::State::kFaulty:
      return count_out() * 2 > replicas_.size();
  }
  return false;
}

}  // namespace filmoteka::gateway
