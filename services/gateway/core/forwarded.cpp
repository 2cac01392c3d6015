#include <filmoteka/base/strings.hpp>

#include <gateway/core/forwarded.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace filmoteka::gateway {
namespace {

/// RFC 9110, 5.6.2.
bool is_token_byte(char byte) {
  const bool alphanumeric = (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
  return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").find(byte) != std::string_view::npos;
}

/// Reads one Forwarded line from the left to the right.
class ForwardedLine {
 public:
  explicit ForwardedLine(std::string_view rest) : rest_(rest) {}

  /// False if it is malformed. Adds one text for each element.
  bool read(std::vector<std::string_view>& hops) {
    do {
      skip_spaces();
      std::optional<std::string_view> hop;
      do {
        if (!read_pair(hop)) return false;
      } while (take(';'));
      hops.push_back(hop.value_or(std::string_view{}));
      skip_spaces();
    } while (take(','));
    return rest_.empty();
  }

 private:
  bool read_pair(std::optional<std::string_view>& hop) {
    const std::string_view name = read_token();
    if (name.empty() || !take('=')) return false;
    const auto value = rest_.starts_with('"') ? read_quoted() : read_token();
    if (!value || value->empty()) return false;
    if (!equals_ignore_case_ascii(name, "for")) return true;
    return !std::exchange(hop, value).has_value();
  }

  std::string_view read_token() {
    const auto end = std::ranges::find_if_not(rest_, is_token_byte);
    const std::string_view token = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(token.size());
    return token;
  }

  /// Without its quotes. Escapes stay: no address has any, so such a value will not be taken for one.
  std::optional<std::string_view> read_quoted() {
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '\\') {
        ++i;
      } else if (rest_[i] == '"') {
        const std::string_view value = rest_.substr(1, i - 1);
        rest_.remove_prefix(i + 1);
        return value;
      }
    }
    return std::nullopt;
  }

  bool take(char byte) {
    if (!rest_.starts_with(byte)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }

  std::string_view rest_;
};

}  // namespace

std::vector<std::string_view> x_forwarded_for(std::span<const http::HeaderView> headers) {
  std::vector<std::string_view> hops;
  for (const http::HeaderView& header : headers) {
    if (!equals_ignore_case_ascii(header.name, "X-Forwarded-For")) continue;
    for (const std::string_view hop : split(header.value, ',')) hops.push_back(trim(hop));
  }
  return hops;
}

std::optional<std::vector<std::string_view>> forwarded_for(std::span<const http::HeaderView> headers) {
  std::vector<std::string_view> hops;
  for (const http::HeaderView& header : headers) {
    if (!equals_ignore_case_ascii(header.name, "Forwarded")) continue;
    if (!ForwardedLine(header.value).read(hops)) return std::nullopt;
  }
  return hops;
}

std::optional<Address> address_of_hop(std::string_view hop) {
  std::string_view port;
  bool has_port = false;
  if (hop.starts_with('[')) {
    const std::size_t close = hop.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view behind = hop.substr(close + 1);
    hop = hop.substr(1, close - 1);
    if (hop.find(':') == std::string_view::npos) return std::nullopt;  // only IPv6 stands in brackets
    has_port = !behind.empty();
    if (has_port && behind.front() != ':') return std::nullopt;
    if (has_port) port = behind.substr(1);
  } else if (std::ranges::count(hop, ':') == 1) {
    const std::size_t colon = hop.find(':');
    has_port = true;
    port = hop.substr(colon + 1);
    hop = hop.substr(0, colon);
  }
  if (has_port && !parse_number<std::uint16_t>(port)) return std::nullopt;
  return Address::parse(hop);
}

}  // namespace filmoteka::gateway
