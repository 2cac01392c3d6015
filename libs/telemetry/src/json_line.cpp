#include "json_line.hpp"

#include <filmoteka/base/time_format.hpp>
#include <filmoteka/base/utf8.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace filmoteka::telemetry {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void append_escape(std::string& line, char32_t code_point) {
  line += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) line += kHex[(code_point >> shift) & 0xFU];
}

/// Printable ASCII that JSON takes as it is.
constexpr std::array<bool, 256> plain_bytes() {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x7F; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}
constexpr std::array<bool, 256> kPlain = plain_bytes();

bool is_plain(char c) {
  return kPlain[static_cast<unsigned char>(c)];
}

void append_ascii(std::string& line, char c) {
  switch (c) {
    case '"':
      line += "\\\"";
      break;
    case '\\':
      line += "\\\\";
      break;
    case '\n':
      line += "\\n";
      break;
    case '\t':
      line += "\\t";
      break;
    default:
      append_escape(line, static_cast<unsigned char>(c));
  }
}

/// C1 controls (a terminal takes U+009B as ESC [), line separators, and what turns the direction of text.
bool must_escape(char32_t code_point) {
  return (code_point >= 0x80 && code_point <= 0x9F) || (code_point >= 0x2028 && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0x200E || code_point == 0x200F ||
         code_point == 0xFEFF;
}

/// Appends the character at the front of `text` and takes it off.
void append_multibyte(std::string& line, std::string_view& text) {
  const std::string_view before = text;
  const char32_t code_point = take_code_point(text);
  if (code_point == U'\uFFFD' || must_escape(code_point)) {
    append_escape(line, code_point);
  } else {
    line += before.substr(0, before.size() - text.size());
  }
}

/// Where to cut an over-long text: not inside a character.
std::size_t cut_position(std::string_view text) {
  std::size_t end = kMaxTextBytes;
  for (int back = 0; back < 3 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U; ++back) --end;
  return end;
}

template <class Number>
void append_number(std::string& line, Number number) {
  std::array<char, 32> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{}) line.append(text.data(), end);
}

struct AppendValue {
  std::string& line;
  void operator()(std::string_view text) const { append_json_string(line, text); }
  void operator()(bool flag) const { line += flag ? "true" : "false"; }
  void operator()(std::int64_t number) const { append_number(line, number); }
  void operator()(std::uint64_t number) const { append_number(line, number); }
  void operator()(double number) const {
    if (std::isfinite(number)) {
      append_number(line, number);
    } else {
      line += "null";
    }
  }
};

}  // namespace

void append_json_string(std::string& line, std::string_view text) {
  const std::size_t size = text.size();
  if (size > kMaxTextBytes) text = text.substr(0, cut_position(text));
  line += '"';
  while (!text.empty()) {
    std::size_t run = 0;
    while (run < text.size() && is_plain(text[run])) ++run;
    line += text.substr(0, run);
    text.remove_prefix(run);
    if (text.empty()) break;
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      append_ascii(line, text.front());
      text.remove_prefix(1);
    } else {
      append_multibyte(line, text);
    }
  }
  if (size > kMaxTextBytes) {
    line += "… (cut, ";
    append_number(line, size);
    line += " bytes)";
  }
  line += '"';
}

void append_json_value(std::string& line, const LogField::Value& value) {
  std::visit(AppendValue{line}, value);
}

void append_json_field(std::string& line, const LogField& field) {
  line += ',';
  append_json_string(line, field.name);
  line += ':';
  append_json_value(line, field.value);
}

void append_json_time(std::string& line, Timestamp time) {
  // Most lines of a thread fall into the same second as the line before.
  struct Second {
    std::chrono::sys_seconds time = std::chrono::sys_seconds::min();
    std::string text;
  };
  thread_local Second last;
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  if (second != last.time) {
    last.text = to_rfc3339(second);
    last.text.pop_back();
    last.time = second;
  }
  const auto milliseconds = static_cast<unsigned>((time - second).count());
  line += '"';
  line += last.text;
  line += '.';
  line += static_cast<char>('0' + milliseconds / 100);
  line += static_cast<char>('0' + milliseconds / 10 % 10);
  line += static_cast<char>('0' + milliseconds % 10);
  line += "Z\"";
}

}  // namespace filmoteka::telemetry
