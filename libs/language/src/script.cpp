#include "script.hpp"

#include <filmoteka/base/utf8.hpp>

namespace filmoteka::language {
namespace {

bool is_latin(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7;
}

/// Letters only: U+0482–U+0489 are signs and marks.
bool is_cyrillic(char32_t c) {
  return c >= 0x400 && c <= 0x52F && (c < 0x482 || c > 0x489);
}

}  // namespace

Script script_of(std::string_view text) {
  if (!is_valid_utf8(text)) return Script::kNone;
  bool latin = false;
  bool cyrillic = false;
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    latin = latin || is_latin(c);
    cyrillic = cyrillic || is_cyrillic(c);
  }
  if (latin && cyrillic) return Script::kBoth;
  if (latin) return Script::kLatin;
  return cyrillic ? Script::kCyrillic : Script::kNone;
}

}  // namespace filmoteka::language
