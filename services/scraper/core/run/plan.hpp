/// When a source runs next, and what a run's end says of its health. Pure: time and chance are passed in.
#pragma once

#include <scraper/core/run/run.hpp>
#include <scraper/core/schedule/schedule.hpp>

#include <chrono>
#include <optional>

namespace filmoteka::scraper {

struct PlanSettings {
  std::chrono::milliseconds first_run_delay{2'000};  ///< after the start, for what is due
  std::chrono::milliseconds first_retry{60'000};     ///< after one failed run; doubles with each further one
  std::chrono::milliseconds max_retry{24 * 3'600'000};
};

/// How a run ended, as far as planning is concerned.
struct RunEnd {
  EndReason reason = EndReason::kComplete;
  std::chrono::milliseconds retry_after{0};  ///< what the host asked for
  Timestamp ended_at{};
  bool looks_bad = false;  ///< complaints_of() had some
  bool full = false;       ///< went over everything
  std::uint64_t films = 0;
  std::uint64_t news = 0;  ///< of them, those that metadata did not have just so
};

/// `state` after a run: health, failures, last success, next run. A failed run is repeated after a back-off
/// that grows up to the interval and does not come before `retry_after`; a cancelled one when the scraper is
/// back. A source whose runs look bad is degraded, after kBadRunsToDrift in a row drifted. `chance` in [0,
/// 1).
SourceState after_run(SourceState state, const std::optional<Schedule>& schedule,
                      const PlanSettings& settings, const RunEnd& end, double chance);

/// At the start of the process: what was missed runs once, soon (after quiet hours); what was planned stays
/// planned.
std::optional<Timestamp> first_run_at(const SourceState& state, const std::optional<Schedule>& schedule,
                                      const PlanSettings& settings, Timestamp now);

}  // namespace filmoteka::scraper
