/// For tests: replicas that answer as the test says, in simulated time, asked as the gateway asks.
#pragma once

#include <gateway/core/balance/replica_set.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace filmoteka::gateway {

class SimulatedReplicas {
 public:
  struct Answer {
    CallEnd end = CallEnd::kAnswered;
    std::chrono::nanoseconds took{};
  };
  /// `under_way`: calls to it, with this one.
  using Behaviour = std::function<Answer(std::size_t under_way)>;

  static Behaviour sound(std::chrono::microseconds took) {
    return [took](std::size_t) {
      return Answer{CallEnd::kAnswered, took};
    };
  }
  static Answer refused() { return {CallEnd::kSilence, std::chrono::microseconds(100)}; }
  static Answer frozen() { return {CallEnd::kSilence, std::chrono::hours(1)}; }
  static Answer fault() { return {CallEnd::kFault, std::chrono::microseconds(300)}; }

  explicit SimulatedReplicas(std::map<std::string, Behaviour> behaviours,
                             const BalanceSettings& settings = {})
      : set(settings, 20261127), behaviour(std::move(behaviours)) {
    std::vector<std::string> names;
    for (const auto& [name, unused] : behaviour) names.push_back(name);
    set.replace(names, now);
  }

  /// So many calls that can be repeated, evenly over that time, with the probes between them.
  void ask(int times, std::chrono::nanoseconds span) {
    const SteadyTime begin = now;
    for (int i = 0; i < times; ++i) {
      run_until(begin + span * i / times);
      start({.whole_end = now + kWhole}, set.choose(true, now));
    }
    run_until(begin + span);
  }
  void run_until(SteadyTime end) {
    while (!events_.empty() && events_.begin()->first <= end) {
      const auto event = events_.extract(events_.begin());
      advance(event.key());
      event.mapped()();
    }
    advance(end);
  }
  ReplicaStanding::State state_of(const std::string& name) const {
    return std::ranges::find(set.replicas(), name, &ReplicaSet::Replica::name)->standing.state();
  }

  ReplicaSet set;
  std::map<std::string, Behaviour> behaviour;
  std::map<std::string, int> calls;  ///< that reached it; probes are not counted
  int answered = 0;
  int failed = 0;
  std::chrono::nanoseconds longest{};  ///< that a call took, its repetitions included
  std::map<NoChoice, int> refusals;
  SteadyTime now{std::chrono::hours(1)};

 private:
  static constexpr std::chrono::seconds kWhole{5};
  static constexpr std::chrono::seconds kProbe{1};

  struct Call {
    SteadyTime whole_end;
    std::vector<ReplicaId> tried = {};
  };

  const std::string& name_of(ReplicaId id) const {
    return std::ranges::find(set.replicas(), id, &ReplicaSet::Replica::id)->name;
  }

  void advance(SteadyTime to) {
    // Probes are due at any time: look each 10 ms.
    while (next_look_ <= to) {
      now = std::max(now, next_look_);
      for (const ReplicaId id : set.begin_probes(now)) {
        Answer answer = behaviour.at(name_of(id))(1);
        if (answer.took > kProbe) answer = {CallEnd::kSilence, kProbe};
        at(now + answer.took, [this, id, answer] { set.probed(id, answer.end, now); });
      }
      next_look_ += std::chrono::milliseconds(10);
      if (!events_.empty() && events_.begin()->first <= to) break;
    }
    now = std::max(now, to);
  }

  void start(Call call, const std::variant<ReplicaChoice, NoChoice>& chosen) {
    if (const auto* refusal = std::get_if<NoChoice>(&chosen)) {
      ++refusals[*refusal];
      finish(call, false);
      return;
    }
    const ReplicaChoice choice = std::get<ReplicaChoice>(chosen);
    const std::string& name = name_of(choice.replica);
    ++calls[name];
    Answer answer = behaviour.at(name)(++under_way_[name]);
    const SteadyTime cut = choice.may_cut ? std::min(call.whole_end, now + choice.patience) : call.whole_end;
    if (now + answer.took > cut) answer = {CallEnd::kSilence, cut - now};
    at(now + answer.took, [this, call, choice, answer, name]() mutable {
      --under_way_[name];
      set.ended(choice, answer.end, now);
      call.tried.push_back(choice.replica);
      if (answer.end == CallEnd::kAnswered || now >= call.whole_end) {
        finish(call, answer.end == CallEnd::kAnswered);
      } else {
        const auto again = set.choose_again(call.tried, now);
        start(std::move(call), again);
      }
    });
  }

  void finish(const Call& call, bool well) {
    ++(well ? answered : failed);
    longest = std::max<std::chrono::nanoseconds>(longest, now - (call.whole_end - kWhole));
  }

  void at(SteadyTime when, std::function<void()> what) { events_.emplace(when, std::move(what)); }

  std::multimap<SteadyTime, std::function<void()>> events_;
  std::map<std::string, std::size_t> under_way_;
  SteadyTime next_look_ = now;
};

}  // namespace filmoteka::gateway
