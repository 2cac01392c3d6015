#include <filmoteka/fetch/politeness.hpp>

#include <scraper/core/run/plan.hpp>

#include <algorithm>

namespace filmoteka::scraper {

namespace {

using Milliseconds = std::chrono::milliseconds;

/// `every`, stretched or shortened by up to `jitter` of itself.
Milliseconds jittered(const Schedule& schedule, double chance) {
  const auto every = std::chrono::duration_cast<Milliseconds>(schedule.every);
  const double factor = 1 + schedule.jitter * (2 * chance - 1);
  return Milliseconds(static_cast<std::int64_t>(static_cast<double>(every.count()) * factor));
}

bool says_nothing_of_the_source(EndReason reason) {
  return reason == EndReason::kCancelled || reason == EndReason::kInterrupted || reason == EndReason::kFailed;
}

}  // namespace

Health health_after(EndReason reason) {
  switch (reason) {
    case EndReason::kBlocked:
    case EndReason::kForbidden:
      return Health::kBlocked;
    case EndReason::kDrifted:
      return Health::kDrifted;
    case EndReason::kUnreachable:
    case EndReason::kRateLimited:
    case EndReason::kFaulty:
    case EndReason::kFailed:
      return Health::kDegraded;
    default:
      return Health::kOk;
  }
}

SourceState after_run(SourceState state, const std::optional<Schedule>& schedule,
                      const PlanSettings& settings, const RunEnd& end, double chance) {
  if (is_success(end.reason)) {
    state.failures = 0;
    state.health = Health::kOk;
    state.message.clear();
    state.last_success_at = end.ended_at;
  } else if (!says_nothing_of_the_source(end.reason)) {
    ++state.failures;
    state.health = health_after(end.reason);
  }
  state.next_run_at.reset();
  if (!schedule) return state;
  const auto every = jittered(*schedule, chance);
  if (is_success(end.reason)) {
    state.next_run_at = end.ended_at + every;
  } else if (end.reason == EndReason::kCancelled || end.reason == EndReason::kInterrupted) {
    state.next_run_at = end.ended_at;
  } else {
    // A source that fails is asked less and less: first more often than planned, then never more often.
    const auto wait = fetch::backoff(std::max(state.failures, 1), settings.first_retry, settings.max_retry,
                                     schedule->jitter, chance);
    const auto longest = std::max(every, settings.first_retry);
    state.next_run_at = end.ended_at + std::max(std::min(wait, longest), end.retry_after);
  }
  return state;
}

std::optional<Timestamp> first_run_at(const SourceState& state, const std::optional<Schedule>& schedule,
                                      const PlanSettings& settings, Timestamp now) {
  if (!schedule || state.paused) return std::nullopt;
  const auto soon = now + settings.first_run_delay;
  return state.next_run_at ? std::max(*state.next_run_at, soon) : soon;
}

}  // namespace filmoteka::scraper
