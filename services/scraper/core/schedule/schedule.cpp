#include <scraper/core/schedule/schedule.hpp>

#include <algorithm>

namespace filmoteka::scraper {

namespace {

using namespace std::chrono;

/// A run that brings at least this share of its films as news is worth coming sooner for.
constexpr double kMuchNews = 0.1;

bool is_quiet(const QuietHours& quiet, minutes of_day) {
  if (quiet.from <= quiet.until) return quiet.from <= of_day && of_day < quiet.until;
  return of_day >= quiet.from || of_day < quiet.until;
}

milliseconds scaled(milliseconds time, double factor) {
  return milliseconds(static_cast<std::int64_t>(static_cast<double>(time.count()) * factor));
}

}  // namespace

Timestamp after_quiet_hours(const Schedule& schedule, Timestamp moment) {
  if (!schedule.quiet) return moment;
  const auto local = schedule.zone.to_local(moment);
  const auto day = floor<days>(local);
  const auto of_day = floor<minutes>(local - day);
  if (!is_quiet(*schedule.quiet, of_day)) return moment;
  auto end = LocalTime(day) + schedule.quiet->until;
  if (end <= local) end += days(1);
  return schedule.zone.to_utc(end);
}

Timestamp next_run(const Schedule& schedule, std::optional<seconds> every, Timestamp from, double chance) {
  auto moment = from;
  if (schedule.cron) {
    moment = schedule.zone.to_utc(schedule.cron->next(schedule.zone.to_local(from)));
    moment += scaled(hours(1), schedule.jitter * chance);
  } else {
    const milliseconds interval = every.value_or(schedule.every.value_or(hours(24)));
    moment += scaled(interval, 1 + schedule.jitter * (2 * chance - 1));
  }
  return after_quiet_hours(schedule, moment);
}

seconds adapted(const Adaptive& adaptive, seconds every, std::uint64_t news, std::uint64_t films) {
  if (news == 0)
    every = every * 3 / 2;
  else if (static_cast<double>(news) >= kMuchNews * static_cast<double>(films))
    every /= 2;
  return std::clamp(every, adaptive.shortest, adaptive.longest);
}

}  // namespace filmoteka::scraper
