#include "json_writer.hpp"

#include <filmoteka/api/movie_json.hpp>

#include <array>
#include <charconv>

namespace filmoteka::api {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// True for bytes that cannot be copied without a look: quotes, controls, what HTML would act on, and the
/// first byte of U+2028 and U+2029.
constexpr std::array<bool, 256> make_special() {
  std::array<bool, 256> special{};
  for (std::size_t i = 0; i < 0x20; ++i) special[i] = true;
  for (const char c : {'"', '\\', '<', '>', '&', '\x7f'}) special[static_cast<unsigned char>(c)] = true;
  special[0xE2] = true;
  return special;
}
constexpr auto kSpecial = make_special();

bool is_special(char c) {
  return kSpecial[static_cast<unsigned char>(c)];
}

void append_unicode_escape(std::string& out, unsigned char byte) {
  out += "\\u00";
  out += kHex[byte >> 4U];
  out += kHex[byte & 0x0FU];
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      append_unicode_escape(out, static_cast<unsigned char>(c));
  }
}

}  // namespace

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_special(text[i])) continue;
    if (text[i] == '\xE2') {
      const std::string_view separator = text.substr(i, 3);
      if (separator != "\u2028" && separator != "\u2029") continue;
      out.append(text, copied, i - copied);
      out += separator == "\u2028" ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out.append(text, copied, i - copied);
      append_escaped(out, text[i]);
    }
    copied = i + 1;
  }
  out.append(text, copied);
  out += '"';
}

}  // namespace filmoteka::api
