#include <filmoteka/base/strings.hpp>
#include <filmoteka/redis/endpoint.hpp>

#include <optional>

namespace filmoteka::redis {
namespace {

constexpr std::size_t kLongestSocketPath = 107;  // sun_path of sockaddr_un, without its closing zero
constexpr std::string_view kShape =
    " It looks like redis://user:password@host:6379/0 or unix:///run/redis/redis.sock.";

Error wrong(std::string_view what) {
  return invalid_argument("The address of Redis " + std::string(what) + '.' + std::string(kShape));
}

std::optional<unsigned> hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
  const char lower = static_cast<char>(digit | 0x20);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a') + 10;
  return std::nullopt;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const auto high = hex_digit(text[i + 1]);
    const auto low = hex_digit(text[i + 2]);
    if (!high || !low) return std::nullopt;
    decoded += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return decoded;
}

/// Takes "user:password@" off the front of `rest`.
Result<void> take_credentials(std::string_view& rest, Endpoint& endpoint) {
  const std::string_view authority = rest.substr(0, rest.find('/'));
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return {};
  const std::string_view credentials = authority.substr(0, at);
  const std::size_t colon = credentials.find(':');
  if (colon == std::string_view::npos) return wrong("has a user but no password before the @");
  auto user = percent_decoded(credentials.substr(0, colon));
  auto password = percent_decoded(credentials.substr(colon + 1));
  if (!user || !password) return wrong("has a % in its user or password that no two hex digits follow");
  if (password->empty()) return wrong("has an empty password");
  endpoint.user = *std::move(user);
  endpoint.password = *std::move(password);
  rest.remove_prefix(at + 1);
  return {};
}

Result<unsigned> read_database(std::string_view text) {
  constexpr unsigned kMost = 1'000'000;
  const auto number = parse_number<unsigned>(text);
  if (!number || *number > kMost) return wrong("has a database that is no number");
  return *number;
}

Result<Endpoint> parse_socket(std::string_view rest) {
  Endpoint endpoint;
  FILMOTEKA_CHECK(take_credentials(rest, endpoint));
  const std::size_t question = rest.find('?');
  if (question != std::string_view::npos) {
    const std::string_view query = rest.substr(question + 1);
    if (!query.starts_with("db=")) return wrong("has something else than db=NUMBER behind the ?");
    FILMOTEKA_TRY(endpoint.database, read_database(query.substr(3)));
    rest = rest.substr(0, question);
  }
  if (rest.size() < 2 || rest.front() != '/') return wrong("names no absolute path of a socket");
  if (rest.size() > kLongestSocketPath) return wrong("has a longer socket path than the system takes (107)");
  endpoint.socket = rest;
  return endpoint;
}

Result<Endpoint> parse_tcp(std::string_view rest) {
  Endpoint endpoint;
  FILMOTEKA_CHECK(take_credentials(rest, endpoint));
  if (rest.find_first_of("?#@ ") != std::string_view::npos) {
    return wrong("has characters that do not belong there: write those of a password as %XX");
  }
  const std::size_t slash = rest.find('/');
  if (slash != std::string_view::npos && slash + 1 < rest.size()) {
    FILMOTEKA_TRY(endpoint.database, read_database(rest.substr(slash + 1)));
  }
  std::string_view host = rest.substr(0, slash);
  const bool is_bracketed = host.starts_with('[');
  const std::size_t host_end = is_bracketed ? host.find(']') : host.find(':');
  if (is_bracketed && host_end == std::string_view::npos) return wrong("has a [ without its ]");
  std::string_view behind = host.substr(std::min(host.size(), is_bracketed ? host_end + 1 : host_end));
  host = is_bracketed ? host.substr(1, host_end - 1) : host.substr(0, host_end);
  if (host.empty()) return wrong("names no host");
  if (!behind.empty()) {
    const auto port = parse_number<std::uint16_t>(behind.substr(1));
    if (behind.front() != ':' || !port || *port == 0) return wrong("has a port that is no number to 65535");
    endpoint.port = *port;
  }
  endpoint.host = host;
  return endpoint;
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view url) {
  for (const std::string_view scheme : {"unix://", "redis+unix://"}) {
    if (url.starts_with(scheme)) return parse_socket(url.substr(scheme.size()));
  }
  constexpr std::string_view kTcp = "redis://";
  if (url.starts_with(kTcp)) return parse_tcp(url.substr(kTcp.size()));
  if (url.starts_with("rediss://")) {
    return wrong("asks for TLS, which is not supported: reach Redis by redis:// or a tunnel");
  }
  return wrong("begins with none of redis://, unix:// and redis+unix://");
}

std::string to_string(const Endpoint& endpoint) {
  const std::string database = '/' + std::to_string(endpoint.database);
  if (!endpoint.socket.empty()) return endpoint.socket + database;
  const bool is_ipv6 = endpoint.host.find(':') != std::string::npos;
  const std::string host = is_ipv6 ? '[' + endpoint.host + ']' : endpoint.host;
  return host + ':' + std::to_string(endpoint.port) + database;
}

}  // namespace filmoteka::redis
