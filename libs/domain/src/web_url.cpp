#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/validation.hpp>

#include <algorithm>
#include <cstdint>

namespace filmoteka::domain {
namespace {

bool is_host_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
         c == '_' || byte >= 0x80;
}

bool is_ip_literal(std::string_view host) {
  return host.size() > 4 && host.front() == '[' && host.back() == ']' &&
         host.find_first_not_of("0123456789abcdefABCDEF:.", 1) == host.size() - 1;
}

bool is_port(std::string_view text) {
  return text.empty() || parse_number<std::uint16_t>(text).has_value();
}

bool is_authority(std::string_view authority) {
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  std::string_view host = authority;
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    if (!is_port(authority.substr(colon + 1))) return false;
    host = authority.substr(0, colon);
  }
  if (bracket != std::string_view::npos) return is_ip_literal(host);
  return !host.empty() && host != "." && std::all_of(host.begin(), host.end(), is_host_character);
}

/// What would end a URL, or an attribute that holds it, wherever it is written down.
bool is_forbidden(char c) {
  return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\';
}

}  // namespace

bool is_web_url(std::string_view url) {
  if (url.size() > kMaxUrlLength || std::any_of(url.begin(), url.end(), is_forbidden)) return false;
  if (!is_valid_utf8(url)) return false;
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return false;
  const std::string_view scheme = url.substr(0, colon);
  if (!equals_ignore_case_ascii(scheme, "http") && !equals_ignore_case_ascii(scheme, "https")) return false;
  const std::string_view rest = url.substr(colon + 3);
  return is_authority(rest.substr(0, rest.find_first_of("/?#")));
}

}  // namespace filmoteka::domain
