#include <filmoteka/base/strings.hpp>

#include <boost/json/value.hpp>
#include <scraper/core/schedule/schedule.hpp>
#include <scraper/core/source/key_reader.hpp>

#include <string>

namespace filmoteka::scraper {

namespace {

using namespace std::chrono;

/// "10%" or 0.1 → 0.1
std::optional<double> parse_share(const boost::json::value& value) {
  if (value.is_double()) return value.as_double();
  if (value.is_int64()) return static_cast<double>(value.as_int64());
  const auto* text = value.if_string();
  if (text == nullptr || !text->ends_with('%')) return std::nullopt;
  const auto percent = parse_number<double>(std::string_view(*text).substr(0, text->size() - 1));
  if (!percent) return std::nullopt;
  return *percent / 100;
}

/// "07:30"
std::optional<minutes> parse_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = parse_number<int>(text.substr(0, 2));
  const auto minute = parse_number<int>(text.substr(3));
  if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
  return hours(*hour) + minutes(*minute);
}

/// "23:00-07:00"
std::optional<QuietHours> parse_quiet_hours(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto from = parse_time_of_day(text.substr(0, 5));
  const auto until = parse_time_of_day(text.substr(6));
  if (!from || !until || *from == *until) return std::nullopt;
  return QuietHours{*from, *until};
}

std::optional<seconds> read_interval(KeyReader& reader, std::string_view key) {
  milliseconds interval{0};
  reader.interval(key, minutes(1), hours(24 * 366), interval);
  if (interval == milliseconds(0)) return std::nullopt;
  return duration_cast<seconds>(interval);
}

void read_cron(KeyReader& reader, Schedule& schedule) {
  std::string text;
  reader.text("cron", text);
  if (text.empty()) return;
  auto cron = Cron::parse(text);
  if (cron.has_error()) return reader.fault("cron", cron.error().message);
  schedule.cron = std::move(*cron);
}

void read_zone(KeyReader& reader, Schedule& schedule) {
  std::string name;
  reader.text("time_zone", name);
  if (name.empty()) return;
  const auto zone = TimeZone::find(name);
  if (!zone) return reader.fault("time_zone", "must be the name of a time zone like Europe/Moscow");
  schedule.zone = *zone;
}

void read_jitter(KeyReader& reader, Schedule& schedule) {
  const auto* jitter = reader.member("jitter");
  if (jitter == nullptr) return;
  const auto share = parse_share(jitter->scalar);
  if (!share || *share < 0 || *share > 0.5) return reader.fault("jitter", "must be a share from 0% to 50%");
  schedule.jitter = *share;
}

void read_quiet_hours(KeyReader& reader, Schedule& schedule) {
  std::string text;
  reader.text("quiet_hours", text);
  if (text.empty()) return;
  schedule.quiet = parse_quiet_hours(text);
  if (!schedule.quiet) reader.fault("quiet_hours", "must be two different times like \"23:00-07:00\"");
}

void read_adaptive(KeyReader& reader, Schedule& schedule, std::vector<FieldError>& faults) {
  const auto* node = reader.member("adaptive");
  if (node == nullptr) return;
  if (!schedule.every) reader.fault("adaptive", "goes with `every`: a cron table has no interval to adapt");
  KeyReader bounds(*node, reader.place_of("adaptive"), faults);
  const auto shortest = read_interval(bounds, "shortest");
  const auto longest = read_interval(bounds, "longest");
  bounds.refuse_unknown();
  if (!shortest || !longest || *shortest > *longest)
    return reader.fault("adaptive", "needs `shortest` and `longest`, the shorter one first");
  schedule.adaptive = Adaptive{*shortest, *longest};
}

}  // namespace

Schedule read_schedule(const config::YamlNode& node, std::vector<FieldError>& faults) {
  KeyReader reader(node, "schedule", faults);
  Schedule schedule;
  schedule.every = read_interval(reader, "every");
  read_cron(reader, schedule);
  const bool has_every = node.is_object() && node.find("every") != nullptr;
  const bool has_cron = node.is_object() && node.find("cron") != nullptr;
  if (node.is_object() && has_every == has_cron)
    reader.fault("every", "exactly one of every and cron is needed");
  read_zone(reader, schedule);
  read_jitter(reader, schedule);
  read_quiet_hours(reader, schedule);
  read_adaptive(reader, schedule, faults);
  reader.refuse_unknown();
  return schedule;
}

}  // namespace filmoteka::scraper
