#include "fake_sites.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdint>

namespace filmoteka::testing {

namespace {

std::string percent_decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    const auto* digits = text.data() + i + 1;
    const bool is_escape = text[i] == '%' && i + 2 < text.size() &&
                           std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2;
    if (is_escape) i += 2;
    plain += is_escape ? static_cast<char>(value) : text[i] == '+' ? ' ' : text[i];
  }
  return plain;
}

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = ~0u;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB8'8320u & (0u - (crc & 1u)));
  }
  return ~crc;
}

void append_little_endian(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

char windows_1251_of(char32_t sign) {
  if (sign < 0x80) return static_cast<char>(sign);
  if (sign >= U'А' && sign <= U'я') return static_cast<char>(sign - U'А' + 0xC0);
  switch (sign) {
    case U'Ё':
      return '\xA8';
    case U'ё':
      return '\xB8';
    case U'«':
      return '\xAB';
    case U'»':
      return '\xBB';
    case U'—':
      return '\x97';
    case U'–':
      return '\x96';
    case U'…':
      return '\x85';
    default:
      return '?';
  }
}

}  // namespace

Target parse_target(std::string_view target) {
  Target parsed;
  const auto mark = std::min(target.find('?'), target.size());
  parsed.path = percent_decoded(target.substr(0, mark));
  if (mark == target.size()) return parsed;
  for (const auto pair : split(target.substr(mark + 1), '&')) {
    const auto equals = std::min(pair.find('='), pair.size());
    const auto value = pair.substr(std::min(equals + 1, pair.size()));
    parsed.query[percent_decoded(pair.substr(0, equals))] = percent_decoded(value);
  }
  return parsed;
}

FakeAnswer json_answer(int status, const boost::json::value& body) {
  return {status, {{"Content-Type", "application/json"}}, boost::json::serialize(body)};
}

FakeAnswer text_answer(std::string content_type, std::string body) {
  return {200, {{"Content-Type", std::move(content_type)}}, std::move(body)};
}

FakeAnswer missing_page() {
  return {404, {{"Content-Type", "text/html"}}, "<html><body>404</body></html>"};
}

std::string to_windows_1251(std::string_view utf8) {
  std::string bytes;
  while (!utf8.empty()) bytes += windows_1251_of(take_code_point(utf8));
  return bytes;
}

std::string as_gzip(std::string_view bytes) {
  constexpr std::size_t kMaxBlock = 65'535;
  std::string file("\x1F\x8B\x08\0\0\0\0\0\0\xFF", 10);
  auto rest = bytes;
  do {
    const auto block = rest.substr(0, kMaxBlock);
    rest.remove_prefix(block.size());
    const auto size = static_cast<std::uint32_t>(block.size());
    file += rest.empty() ? '\x01' : '\0';
    append_little_endian(file, size, 2);
    append_little_endian(file, ~size, 2);
    file += block;
  } while (!rest.empty());
  append_little_endian(file, crc32(bytes), 4);
  append_little_endian(file, static_cast<std::uint32_t>(bytes.size()), 4);
  return file;
}

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace filmoteka::testing
