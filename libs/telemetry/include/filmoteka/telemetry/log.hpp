/// Structured logs: one valid JSON object a line, whatever bytes come in.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <atomic>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace filmoteka::telemetry {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };

/// "debug", "info", "warning", "error", "off".
std::string_view to_string(LogLevel level);
std::optional<LogLevel> parse_log_level(std::string_view text);

/// A named value of a log line. Views must live until the call returns.
struct LogField {
  using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;
  std::string_view name;
  Value value;

  /// A place to be filled.
  LogField() = default;
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

/// Where lines go. All calls from any thread; write() gets a complete line without its line end.
class LogSink {
 public:
  virtual ~LogSink() = default;
  virtual void write(std::string_view line) = 0;
  /// What was written goes out now, not when it suits. Does not wait for it.
  virtual void flush() {}
  /// Lines that this sink had to give up since its start.
  virtual std::uint64_t dropped() const { return 0; }
};

/// Standard error, written by a thread of its own in batches (every 20 ms, at once after a warning or an
/// error). Callers never wait for a slow disk or pipe: up to 8 MiB of lines are kept, what exceeds them is
/// dropped, and a line says how many when the reader is back. The destructor writes all that is kept, for at
/// most 3 seconds.
std::shared_ptr<LogSink> make_stderr_sink();

/// A cheap handle: copy it freely. Thread-safe. A line is {"ts","level","service","msg", fields…}: always one
/// valid JSON object on one line. Ill-formed UTF-8 becomes U+FFFD; control and bidirectional characters and
/// line separators are escaped, so a line cannot play tricks on a terminal; texts over 8 KiB are cut, with
/// their size named; a number that is not finite is null.
class Logger {
 public:
  /// `sink` may be null if `level` is kOff. `clock` outlives the logger.
  Logger(std::shared_ptr<LogSink> sink, LogLevel level, std::string service,
         const Clock& clock = SystemClock::instance());
  /// The same sink and level under another service name.
  Logger named(std::string service) const;

  /// Lines that the sink had to give up.
  std::uint64_t dropped_lines() const { return sink_ ? sink_->dropped() : 0; }
  bool enabled(LogLevel level) const {
    return level >= level_->load(std::memory_order_relaxed) && level != LogLevel::kOff;
  }
  /// For this logger and all that were copied or named from the same one.
  void set_level(LogLevel level) const { level_->store(level, std::memory_order_relaxed); }
  void debug(std::string_view message, std::initializer_list<LogField> fields = {}) const;
  void info(std::string_view message, std::initializer_list<LogField> fields = {}) const;
  void warning(std::string_view message, std::initializer_list<LogField> fields = {}) const;
  void error(std::string_view message, std::initializer_list<LogField> fields = {}) const;
  void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) const {
    log(level, message, std::span(fields.begin(), fields.size()));
  }
  void log(LogLevel level, std::string_view message, std::span<const LogField> fields) const;

 private:
  std::shared_ptr<LogSink> sink_;
  std::shared_ptr<std::atomic<LogLevel>> level_;  // shared with the copies
  std::string service_;
  const Clock* clock_;
};

}  // namespace filmoteka::telemetry
