/// Moments by the five fields of cron: "30 4 * * 1-5". As crontab(5) has them.
#pragma once

#include <filmoteka/base/result.hpp>

#include <scraper/core/schedule/time_zone.hpp>

#include <bitset>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::scraper {

/// A value, immutable after parse().
class Cron {
 public:
  /// Minute, hour, day of the month, month (1–12, jan–dec), day of the week (0–7, sun–sat; 0 and 7 are
  /// Sunday):
  /// `*`, numbers, ranges a-b, steps */n and a-b/n, lists with commas; or @hourly, @daily, @weekly, @monthly,
  /// @yearly. If both kinds of days are given, either one suffices. kInvalidArgument says which field is
  /// wrong, also for a date that never comes ("0 0 31 2 *").
  static Result<Cron> parse(std::string_view text);

  /// As it was written.
  const std::string& text() const { return text_; }
  /// The first minute after `from` that fits.
  LocalTime next(LocalTime from) const;

 private:
  bool fits(std::chrono::year_month_day day) const;
  std::optional<LocalTime> search(LocalTime from) const;

  std::string text_;
  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;     ///< of the month, from 1
  std::bitset<13> months_;   ///< from 1
  std::bitset<7> weekdays_;  ///< from Sunday
  bool any_day_ = false;     ///< the day of the month is `*`
  bool any_weekday_ = false;
};

}  // namespace filmoteka::scraper
