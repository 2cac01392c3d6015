#include <scraper/core/schedule/time_zone.hpp>
#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace filmoteka::scraper {

namespace {

using std::chrono::milliseconds;

UDate to_icu(milliseconds since_1970) {
  return static_cast<UDate>(since_1970.count());
}

}  // namespace

struct TimeZone::Rules {
  std::unique_ptr<const icu::BasicTimeZone> zone;
};

TimeZone::TimeZone() = default;

std::optional<TimeZone> TimeZone::find(std::string_view name) {
  TimeZone found;
  if (name == "UTC") return found;
  const auto id = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int>(name.size())));
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  // An unknown name gives a zone called "Etc/Unknown".
  if (!zone || *zone == icu::TimeZone::getUnknown()) return std::nullopt;
  auto* basic = dynamic_cast<icu::BasicTimeZone*>(zone.get());
  if (basic == nullptr) return std::nullopt;
  static_cast<void>(zone.release());
  found.rules_ = std::make_shared<const Rules>(Rules{std::unique_ptr<const icu::BasicTimeZone>(basic)});
  found.name_ = name;
  return found;
}

LocalTime TimeZone::to_local(Timestamp time) const {
  const auto utc = time.time_since_epoch();
  if (!rules_) return LocalTime(utc);
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode error = U_ZERO_ERROR;
  rules_->zone->getOffset(to_icu(utc), 0, raw, saving, error);
  return LocalTime(utc + milliseconds(raw) + milliseconds(saving));
}

Timestamp TimeZone::to_utc(LocalTime time) const {
  const auto local = time.time_since_epoch();
  if (!rules_) return Timestamp(local);
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode error = U_ZERO_ERROR;
  // In a gap the offset from before it leads past its end; of two moments the former is the earlier one.
  rules_->zone->getOffsetFromLocal(to_icu(local), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw, saving,
                                   error);
  return Timestamp(local - milliseconds(raw) - milliseconds(saving));
}

}  // namespace filmoteka::scraper
