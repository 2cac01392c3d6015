#include <filmoteka/base/utf8.hpp>
#include <filmoteka/http/query.hpp>

#include <array>

namespace filmoteka::http {
namespace {

constexpr std::size_t kMaxParameters = 200;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return decoded;
}

Error malformed(std::string_view name, std::string detail) {
  return invalid_argument("The query of the address is malformed.",
                          {FieldError{replace_invalid_utf8(name), {}, std::move(detail)}});
}

Result<std::string> decode_part(std::string_view name, std::string_view text) {
  std::optional<std::string> decoded = decode(text, true);
  if (!decoded) return malformed(name, "has a '%' without two hexadecimal digits after it");
  if (!is_valid_utf8(*decoded)) return malformed(name, "is not UTF-8");
  if (decoded->find('\0') != std::string::npos) return malformed(name, "contains a NUL character");
  return std::move(*decoded);
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

}  // namespace

Result<QueryParameters> parse_query(std::string_view query) {
  QueryParameters parameters;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (pair.empty()) continue;
    if (parameters.size() == kMaxParameters) {
      return invalid_argument("The query of the address has more than 200 parameters.");
    }
    const std::size_t equals = pair.find('=');
    const std::string_view raw_name = pair.substr(0, equals);
    const std::string_view raw_value =
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    FILMOTEKA_TRY(std::string name, decode_part(raw_name, raw_name));
    FILMOTEKA_TRY(std::string value, decode_part(raw_name, raw_value));
    parameters.emplace_back(std::move(name), std::move(value));
  }
  return parameters;
}

std::string encode_component(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kDigits[byte >> 4U];
      encoded += kDigits[byte & 15U];
    }
  }
  return encoded;
}

std::optional<std::string> decode_component(std::string_view text) {
  return decode(text, false);
}

}  // namespace filmoteka::http
