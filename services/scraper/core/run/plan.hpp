/// When a source runs next, and what a run's end says of its health. Pure: time and chance are passed in.
#pragma once

#include <scraper/core/run/run.hpp>
#include <scraper/core/source/source_definition.hpp>

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
};

Health health_after(EndReason reason);

/// `state` after a run: health, failures, last success, next run. A failed run is repeated after a back-off
/// that grows up to the interval and does not come before `retry_after`; a cancelled one when the scraper
/// is back. `chance` in [0, 1).
SourceState after_run(SourceState state, const std::optional<Schedule>& schedule,
                      const PlanSettings& settings, const RunEnd& end, double chance);

/// At the start of the process: what was missed runs once, soon; what was planned stays planned.
std::optional<Timestamp> first_run_at(const SourceState& state, const std::optional<Schedule>& schedule,
                                      const PlanSettings& settings, Timestamp now);

}  // namespace filmoteka::scraper
