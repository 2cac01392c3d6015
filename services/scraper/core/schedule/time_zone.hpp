/// Time zones by their IANA names, from ICU's own copy of the database: needs no files of the system.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::scraper {

/// What a clock on the wall shows.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

/// A value, cheap to copy; const and thread-safe.
class TimeZone {
 public:
  TimeZone();  ///< UTC
  /// "Europe/Moscow", "UTC"; nullopt for a name that is not known.
  static std::optional<TimeZone> find(std::string_view name);

  LocalTime to_local(Timestamp time) const;
  /// A time that a change of clocks leaves out is taken as the moment after the gap, one that comes twice as
  /// the first.
  Timestamp to_utc(LocalTime time) const;
  const std::string& name() const { return name_; }

 private:
  std::string name_ = "UTC";
  struct Rules;
  std::shared_ptr<const Rules> rules_;  ///< null: UTC
};

}  // namespace filmoteka::scraper
