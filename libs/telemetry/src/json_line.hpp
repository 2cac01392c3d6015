/// Writes the pieces of a log line as JSON, whatever bytes they are made of.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <string>
#include <string_view>

namespace filmoteka::telemetry {

/// Longer texts are cut here, at the border of a character.
inline constexpr std::size_t kMaxTextBytes = 8 * 1024;

/// Appends `text` as a JSON string, quotes included: valid UTF-8 without line ends or control characters.
void append_json_string(std::string& line, std::string_view text);
void append_json_value(std::string& line, const LogField::Value& value);
/// Appends `,"name":value`.
void append_json_field(std::string& line, const LogField& field);
/// Appends "2026-11-23T06:25:01.250Z" with its quotes: always milliseconds, so that lines sort as text.
void append_json_time(std::string& line, Timestamp time);

}  // namespace filmoteka::telemetry
