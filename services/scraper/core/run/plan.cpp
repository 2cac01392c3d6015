#include <filmoteka/fetch/politeness.hpp>

#include <scraper/core/run/health.hpp>
#include <scraper/core/run/plan.hpp>

#include <algorithm>

namespace filmoteka::scraper {

namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr double kRetryJitter = 0.1;

bool says_nothing_of_the_source(EndReason reason) {
  return reason == EndReason::kCancelled || reason == EndReason::kInterrupted || reason == EndReason::kFailed;
}

Health health_after(EndReason reason, int bad_runs) {
  if (bad_runs >= kBadRunsToDrift) return Health::kDrifted;
  if (reason == EndReason::kBlocked || reason == EndReason::kForbidden) return Health::kBlocked;
  return is_success(reason) && bad_runs == 0 ? Health::kOk : Health::kDegraded;
}

void judge(SourceState& state, const RunEnd& end) {
  if (says_nothing_of_the_source(end.reason)) return;
  const bool is_bad = end.looks_bad || end.reason == EndReason::kDrifted;
  if (is_bad) ++state.bad_runs;
  if (is_success(end.reason)) {
    if (!is_bad) state.bad_runs = 0;
    state.failures = 0;
    if (!is_bad) state.message.clear();
    state.last_success_at = end.ended_at;
    if (end.full && !is_bad) state.last_full_at = end.ended_at;
  } else {
    ++state.failures;
  }
  state.health = health_after(end.reason, state.bad_runs);
}

/// A source that fails is asked less and less: first more often than planned, then never more often.
Timestamp retry_at(const SourceState& state, Timestamp planned, const PlanSettings& settings,
                   const RunEnd& end, double chance) {
  const auto wait = fetch::backoff(std::max(state.failures, 1), settings.first_retry, settings.max_retry,
                                   kRetryJitter, chance);
  const auto longest = std::max<Milliseconds>(planned - end.ended_at, settings.first_retry);
  return end.ended_at + std::max(std::min(wait, longest), end.retry_after);
}

}  // namespace

SourceState after_run(SourceState state, const std::optional<Schedule>& schedule,
                      const PlanSettings& settings, const RunEnd& end, double chance) {
  judge(state, end);
  state.next_run_at.reset();
  if (!schedule) return state;
  if (!schedule->adaptive)
    state.every.reset();
  else if (is_success(end.reason))
    state.every =
        adapted(*schedule->adaptive, state.every.value_or(schedule->every.value()), end.news, end.films);
  const auto planned = next_run(*schedule, state.every, end.ended_at, chance);
  if (is_success(end.reason))
    state.next_run_at = planned;
  else if (end.reason == EndReason::kCancelled || end.reason == EndReason::kInterrupted)
    state.next_run_at = end.ended_at;
  else
    state.next_run_at = after_quiet_hours(*schedule, retry_at(state, planned, settings, end, chance));
  return state;
}

std::optional<Timestamp> first_run_at(const SourceState& state, const std::optional<Schedule>& schedule,
                                      const PlanSettings& settings, Timestamp now) {
  if (!schedule || state.paused) return std::nullopt;
  const auto soon = after_quiet_hours(*schedule, now + settings.first_run_delay);
  return state.next_run_at ? std::max(*state.next_run_at, soon) : soon;
}

}  // namespace filmoteka::scraper
