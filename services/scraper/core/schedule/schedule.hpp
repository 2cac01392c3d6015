/// When a source is to run: every so often or by cron, with quiet hours. Pure: time and chance are passed in.
#pragma once

#include <filmoteka/base/error.hpp>
#include <filmoteka/config/yaml.hpp>

#include <scraper/core/schedule/cron.hpp>
#include <scraper/core/schedule/time_zone.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace filmoteka::scraper {

/// "23:00-07:00", local: no run begins from the first on until the second.
struct QuietHours {
  std::chrono::minutes from{};
  std::chrono::minutes until{};
};

/// The interval follows the source: halved after a run that brought much news, half as long again after one
/// that brought none, within these bounds.
struct Adaptive {
  std::chrono::seconds shortest{};
  std::chrono::seconds longest{};
};

/// Exactly one of `every` and `cron`.
struct Schedule {
  std::optional<std::chrono::seconds> every;
  std::optional<Cron> cron;
  TimeZone zone;  ///< of cron and of the quiet hours
  double jitter =
      0.1;  ///< 0–0.5: each wait is stretched or shortened by up to this share; of cron: of an hour, later
  std::optional<QuietHours> quiet;
  std::optional<Adaptive> adaptive;  ///< with `every`
};

/// The moment of the run after `from`. `every`: the interval as adapted, absent: the schedule's. `chance` in
/// [0, 1).
Timestamp next_run(const Schedule& schedule, std::optional<std::chrono::seconds> every, Timestamp from,
                   double chance);

/// `moment`, or the end of the quiet hours that it falls into.
Timestamp after_quiet_hours(const Schedule& schedule, Timestamp moment);

/// The interval after a run with `news` of `films`.
std::chrono::seconds adapted(const Adaptive& adaptive, std::chrono::seconds every, std::uint64_t news,
                             std::uint64_t films);

/// The block `schedule:` of a definition. Faults are added to `faults`.
Schedule read_schedule(const config::YamlNode& node, std::vector<FieldError>& faults);

}  // namespace filmoteka::scraper
