/// Which bytes may stand where in a message of HTTP/1.1 (RFC 9110, 5.5 and 5.6.2).
#pragma once

#include <array>
#include <string_view>

namespace filmoteka::http {

using ByteTable = std::array<bool, 256>;

/// Letters, digits and `others`.
constexpr ByteTable alphanumeric_and(std::string_view others) {
  ByteTable table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
  for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = true;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (const char c : others) table[static_cast<unsigned char>(c)] = true;
  return table;
}
inline constexpr ByteTable kTokenBytes = alphanumeric_and("!#$%&'*+-.^_`|~");

constexpr bool is_token_byte(char c) {
  return kTokenBytes[static_cast<unsigned char>(c)];
}
/// Of a field's value: no controls but the tab.
constexpr bool is_value_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7F) || byte == '\t';
}
constexpr bool is_space(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace filmoteka::http
