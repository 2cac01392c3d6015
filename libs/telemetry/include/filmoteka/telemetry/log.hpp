/// Structured logs: one valid JSON object a line, whatever bytes come in.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace filmoteka::telemetry {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };

/// A named value of a log line. Views must live until the call returns.
struct LogField {
  using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;
  std::string_view name;
  Value value;

  LogField(std::string_view field, std::string_view text) : name(field), value(text) {}
  LogField(std::string_view field, const char* text) : name(field), value(std::string_view(text)) {}
  LogField(std::string_view field, const std::string& text) : name(field), value(std::string_view(text)) {}
  LogField(std::string_view field, bool flag) : name(field), value(flag) {}
  LogField(std::string_view field, std::floating_point auto number)
      : name(field), value(static_cast<double>(number)) {}
  LogField(std::string_view field, std::signed_integral auto number)
      : name(field), value(static_cast<std::int64_t>(number)) {}
  template <std::unsigned_integral T>
  requires(!std::same_as<T, bool>) LogField(std::string_view field, T number)
      : name(field), value(static_cast<std::uint64_t>(number)) {}
};

/// Where lines go. write() is called from any thread, with a complete line without its line end.
class LogSink {
 public:
  virtual ~LogSink() = default;
  virtual void write(std::string_view line) = 0;
  virtual void flush() {}
};

/// Standard error, buffered by spdlog's asynchronous writer; flushed on warnings, errors and destruction.
std::shared_ptr<LogSink> make_stderr_sink();

/// A cheap handle: copy it freely. Thread-safe.
class Logger {
 public:
  Logger(std::shared_ptr<LogSink> sink, LogLevel level, std::string service,
         const Clock& clock = SystemClock::instance());
  /// The same sink and level under another service name.
  Logger named(std::string service) const;

  bool enabled(LogLevel level) const { return level >= level_; }
  void debug(std::string_view message, std::initializer_list<LogField> fields = {}) const;
  void info(std::string_view message, std::initializer_list<LogField> fields = {}) const;
  void warning(std::string_view message, std::initializer_list<LogField> fields = {}) const;
  void error(std::string_view message, std::initializer_list<LogField> fields = {}) const;
  void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) const;

 private:
  std::shared_ptr<LogSink> sink_;
  LogLevel level_;
  std::string service_;
  const Clock* clock_;
};

}  // namespace filmoteka::telemetry
