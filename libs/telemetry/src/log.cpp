#include "json_line.hpp"

#include <filmoteka/telemetry/log.hpp>

#include <array>
#include <utility>

namespace filmoteka::telemetry {
namespace {

constexpr std::array<std::pair<LogLevel, std::string_view>, 5> kLevels{{{LogLevel::kDebug, "debug"},
                                                                        {LogLevel::kInfo, "info"},
                                                                        {LogLevel::kWarning, "warning"},
                                                                        {LogLevel::kError, "error"},
                                                                        {LogLevel::kOff, "off"}}};

}  // namespace

std::string_view to_string(LogLevel level) {
  return kLevels[static_cast<std::size_t>(level)].second;
}

std::optional<LogLevel> parse_log_level(std::string_view text) {
  for (const auto& [level, name] : kLevels) {
    if (name == text) return level;
  }
  return std::nullopt;
}

Logger::Logger(std::shared_ptr<LogSink> sink, LogLevel level, std::string service, const Clock& clock)
    : sink_(std::move(sink)),
      level_(std::make_shared<std::atomic<LogLevel>>(level)),
      service_(std::move(service)),
      clock_(&clock) {}

Logger Logger::named(std::string service) const {
  Logger other(*this);
  other.service_ = std::move(service);
  return other;
}

void Logger::debug(std::string_view message, std::initializer_list<LogField> fields) const {
  log(LogLevel::kDebug, message, fields);
}
void Logger::info(std::string_view message, std::initializer_list<LogField> fields) const {
  log(LogLevel::kInfo, message, fields);
}
void Logger::warning(std::string_view message, std::initializer_list<LogField> fields) const {
  log(LogLevel::kWarning, message, fields);
}
void Logger::error(std::string_view message, std::initializer_list<LogField> fields) const {
  log(LogLevel::kError, message, fields);
}

void Logger::log(LogLevel level, std::string_view message, std::span<const LogField> fields) const {
  if (!enabled(level)) return;
  thread_local std::string line;
  line = "{\"ts\":";
  append_json_time(line, clock_->now());
  line += ",\"level\":\"";
  line += to_string(level);
  line += "\",\"service\":";
  append_json_string(line, service_);
  line += ",\"msg\":";
  append_json_string(line, message);
  for (const LogField& field : fields) append_json_field(line, field);
  line += '}';
  sink_->write(line);
  if (level >= LogLevel::kWarning) sink_->flush();
}

}  // namespace filmoteka::telemetry
