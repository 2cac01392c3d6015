/// How each type of a setting is read from text, written, and described to people.
#pragma once

#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/config/values.hpp>

#include <chrono>
#include <concepts>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::config {

/// Codec<T>: parse(text) (nullopt: not a T), format(value), expected() ("an integer").
template <class T>
struct Codec;

template <>
struct Codec<std::string> {
  static std::optional<std::string> parse(std::string_view text) {
    if (!is_valid_utf8(text) || text.find('\0') != std::string_view::npos) return std::nullopt;
    return std::string(text);
  }
  static std::string format(const std::string& value) { return value; }
  static std::string expected() { return "a text"; }
};

template <>
struct Codec<std::filesystem::path> {
  static std::optional<std::filesystem::path> parse(std::string_view text) {
    if (text.empty() || text.find('\0') != std::string_view::npos) return std::nullopt;
    return std::filesystem::path(text);
  }
  static std::string format(const std::filesystem::path& value) { return value.string(); }
  static std::string expected() { return "a path"; }
};

template <>
struct Codec<bool> {
  static std::optional<bool> parse(std::string_view text) {
    if (text == "true" || text == "on" || text == "yes") return true;
    if (text == "false" || text == "off" || text == "no") return false;
    return std::nullopt;
  }
  static std::string format(bool value) { return value ? "true" : "false"; }
  static std::string expected() { return "true or false"; }
};

template <std::integral T>
struct Codec<T> {
  static std::optional<T> parse(std::string_view text) { return parse_number<T>(text); }
  static std::string format(T value) { return std::to_string(value); }
  static std::string expected() {
    return "an integer from " + format(std::numeric_limits<T>::min()) + " to " +
           format(std::numeric_limits<T>::max());
  }
};

template <>
struct Codec<double> {
  static std::optional<double> parse(std::string_view text);
  static std::string format(double value);
  static std::string expected() { return "a number"; }
};

template <>
struct Codec<HostPort> {
  static std::optional<HostPort> parse(std::string_view text) { return parse_host_port(text); }
  static std::string format(const HostPort& value) { return to_string(value); }
  static std::string expected() { return "HOST:PORT, like 127.0.0.1:8080 or [::1]:8080"; }
};

template <>
struct Codec<ByteSize> {
  static std::optional<ByteSize> parse(std::string_view text) { return parse_byte_size(text); }
  static std::string format(ByteSize value) { return to_string(value); }
  static std::string expected() { return "a size, like 512B, 64KiB, 8MiB or 1GiB"; }
};

template <>
struct Codec<Url> {
  static std::optional<Url> parse(std::string_view text) { return parse_url(text); }
  static std::string format(const Url& value) { return value.text; }
  static std::string expected() { return "a URL, like http://127.0.0.1:8081"; }
};

/// Any duration of whole milliseconds or longer units; what does not fit the unit is refused.
template <class Rep, class Period>
struct Codec<std::chrono::duration<Rep, Period>> {
  using Span = std::chrono::duration<Rep, Period>;
  static std::optional<Span> parse(std::string_view text) {
    const auto span = parse_duration(text);
    if (!span) return std::nullopt;
    const auto rounded = std::chrono::duration_cast<Span>(*span);
    if (rounded != *span) return std::nullopt;
    return rounded;
  }
  static std::string format(Span value) {
    return to_string(std::chrono::duration_cast<std::chrono::milliseconds>(value));
  }
  static std::string expected() {
    return Span{1} < std::chrono::seconds{1} ? "a duration, like 500ms, 10s, 5m, 2h or 1d"
                                             : "a duration, like 10s, 5m, 2h or 1d";
  }
};

}  // namespace filmoteka::config
