#include "one_line.hpp"

#include <array>

namespace filmoteka::domain {
namespace {

unsigned byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

/// U+2000–U+200B, the line and paragraph separators, the narrow and the mathematical space.
bool is_general_space(unsigned second, unsigned third) {
  return (second == 0x80 &&
          ((third >= 0x80 && third <= 0x8B) || third == 0xA8 || third == 0xA9 || third == 0xAF)) ||
         (second == 0x81 && third == 0x9F);
}

std::string_view without_outer_space(std::string_view text) {
  while (const std::size_t length = space_length(text)) text.remove_prefix(length);
  for (bool trimmed = true; trimmed && !text.empty();) {
    trimmed = false;
    for (std::size_t length = 1; length <= 3 && length <= text.size() && !trimmed; ++length) {
      if (space_length(text.substr(text.size() - length)) != length) continue;
      text.remove_suffix(length);
      trimmed = true;
    }
  }
  return text;
}

/// Neither a space nor a control character, nor the first byte of one (those above ASCII begin with C2, E1,
/// E2, E3 and EF).
constexpr auto kSurelyPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x21; byte < plain.size(); ++byte) plain[byte] = true;
  for (const auto byte : {0x7FU, 0xC2U, 0xE1U, 0xE2U, 0xE3U, 0xEFU}) plain[byte] = false;
  return plain;
}();

bool is_surely_plain(char c) {
  return kSurelyPlain[static_cast<unsigned char>(c)];
}

/// Control characters, and the first byte of those above ASCII.
constexpr auto kMayBeControl = [] {
  std::array<bool, 256> marked{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) marked[byte] = true;
  marked[0x7F] = marked[0xC2] = true;
  return marked;
}();

}  // namespace

std::size_t space_length(std::string_view text) {
  const unsigned first = byte_at(text, 0);
  if (first == ' ' || (first >= '\t' && first <= '\r')) return 1;
  if (first < 0xC2) return 0;
  const unsigned second = byte_at(text, 1);
  if (first == 0xC2) return second == 0x85 || second == 0xA0 ? 2 : 0;
  const unsigned third = byte_at(text, 2);
  const bool wide = (first == 0xE1 && second == 0x9A && third == 0x80) ||
                    (first == 0xE2 && is_general_space(second, third)) ||
                    (first == 0xE3 && second == 0x80 && third == 0x80) ||
                    (first == 0xEF && second == 0xBB && third == 0xBF);
  return wide ? 3 : 0;
}

std::size_t control_length(std::string_view text) {
  if (text.empty()) return 0;
  const unsigned first = byte_at(text, 0);
  if (first < 0x20 || first == 0x7F) return 1;
  if (first != 0xC2) return 0;
  const unsigned second = byte_at(text, 1);
  return second >= 0x80 && second <= 0x9F ? 2 : 0;
}

std::string one_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  bool space = false;
  while (!text.empty()) {
    if (const std::size_t length = space_length(text)) {
      space = true;
      text.remove_prefix(length);
      continue;
    }
    if (space && !line.empty()) line += ' ';
    space = false;
    std::size_t run = 1;
    while (run < text.size() && is_surely_plain(text[run])) ++run;
    line += text.substr(0, run);
    text.remove_prefix(run);
  }
  return line;
}

std::string many_lines(std::string_view text) {
  std::string lines;
  lines.reserve(text.size());
  while (!text.empty()) {
    if (text.starts_with("\r\n")) text.remove_prefix(1);
    const char c = text.front();
    if (const std::size_t length = control_length(text)) {
      if (c == '\n' || c == '\r') lines += '\n';
      if (c == '\t') lines += ' ';
      text.remove_prefix(length);
    } else {
      std::size_t run = 1;
      while (run < text.size() && !kMayBeControl[static_cast<unsigned char>(text[run])]) ++run;
      lines += text.substr(0, run);
      text.remove_prefix(run);
    }
  }
  return std::string(without_outer_space(lines));
}

}  // namespace filmoteka::domain
