#include <filmoteka/base/strings.hpp>
#include <filmoteka/config/codec.hpp>
#include <filmoteka/config/values.hpp>

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace filmoteka::config {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t size;
};
constexpr std::array<Unit, 7> kByteUnits{{{"GiB", 1ULL << 30U},
                                          {"MiB", 1ULL << 20U},
                                          {"KiB", 1ULL << 10U},
                                          {"GB", 1'000'000'000},
                                          {"MB", 1'000'000},
                                          {"KB", 1'000},
                                          {"B", 1}}};
constexpr std::array<Unit, 5> kTimeUnits{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

/// The number at the front of `text`, which is taken off.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

template <std::size_t N>
std::optional<std::uint64_t> size_of_unit(const std::array<Unit, N>& units, std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return unit.size;
  }
  return std::nullopt;
}

/// The part of a URL between "//" and the path.
std::string_view authority_of(std::string_view url) {
  const auto slashes = url.find("://");
  if (slashes == std::string_view::npos) return {};
  url.remove_prefix(slashes + 3);
  return url.substr(0, url.find_first_of("/?#"));
}

}  // namespace

std::optional<HostPort> parse_host_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
  if (!port) return std::nullopt;
  std::string host(text.substr(0, colon));
  if (host.front() == '[') {
    host = host.substr(1, host.size() - 2);
    in6_addr address{};
    if (text[colon - 1] != ']' || ::inet_pton(AF_INET6, host.c_str(), &address) != 1) return std::nullopt;
    return HostPort{host, *port};
  }
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  };
  for (const char c : host) {
    if (!allowed(c)) return std::nullopt;
  }
  return HostPort{host, *port};
}

std::string to_string(const HostPort& address) {
  const bool v6 = address.host.find(':') != std::string::npos;
  return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

bool is_loopback(const HostPort& address) {
  if (equals_ignore_case_ascii(address.host, "localhost")) return true;
  in_addr v4{};
  if (::inet_pton(AF_INET, address.host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24U) == 127;
  in6_addr v6{};
  if (::inet_pton(AF_INET6, address.host.c_str(), &v6) != 1) return false;
  return IN6_IS_ADDR_LOOPBACK(&v6) || (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == 127);
}

std::optional<ByteSize> parse_byte_size(std::string_view text) {
  const auto number = take_number(text);
  const auto unit = text.empty() ? std::optional<std::uint64_t>(1) : size_of_unit(kByteUnits, text);
  if (!number || !unit || *number > INT64_MAX / *unit) return std::nullopt;
  return ByteSize{*number * *unit};
}

std::string to_string(ByteSize size) {
  for (const Unit& unit : kByteUnits) {
    const bool binary = unit.name.size() == 3;
    if (binary && size.bytes != 0 && size.bytes % unit.size == 0) {
      return std::to_string(size.bytes / unit.size) + std::string(unit.name);
    }
  }
  return std::to_string(size.bytes) + "B";
}

std::optional<Url> parse_url(std::string_view text) {
  const auto scheme = text.substr(0, text.find("://"));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F || c == '"' ||
        c == '<' || c == '>' || c == '\\' || c == '#') {
      return std::nullopt;
    }
  }
  const std::string authority(authority_of(text));
  const bool v6 = !authority.empty() && authority.front() == '[';
  const bool has_port = v6 ? authority.back() != ']' : authority.find(':') != std::string::npos;
  const auto address = parse_host_port(has_port ? authority : authority + ":80");
  if (!address || address->port == 0) return std::nullopt;
  return Url{std::string(text)};
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  if (text == "0") return std::chrono::milliseconds{0};
  constexpr auto kMax = static_cast<std::uint64_t>(INT64_MAX / 1'000'000);  // Still fits in nanoseconds.
  if (text.empty()) return std::nullopt;
  std::uint64_t total = 0;
  std::uint64_t smallest = UINT64_MAX;
  while (!text.empty()) {
    const auto number = take_number(text);
    const auto name = text.substr(0, text.find_first_of("0123456789"));
    const auto unit = size_of_unit(kTimeUnits, name);
    if (!number || !unit || *unit >= smallest || *number > kMax / *unit) return std::nullopt;
    total += *number * *unit;
    if (total > kMax) return std::nullopt;
    smallest = *unit;
    text.remove_prefix(name.size());
  }
  return std::chrono::milliseconds{total};
}

std::string to_string(std::chrono::milliseconds span) {
  std::string text = span.count() < 0 ? "-" : "";
  auto rest = static_cast<std::uint64_t>(std::abs(span.count()));
  for (const Unit& unit : kTimeUnits) {
    if (const std::uint64_t count = rest / unit.size; count != 0)
      text += std::to_string(count) + std::string(unit.name);
    rest %= unit.size;
  }
  return text.empty() ? "0" : text;
}

std::string mask_password(std::string_view text) {
  std::string masked(text);
  const std::string_view authority = authority_of(text);
  if (const auto at = authority.rfind('@'); !authority.empty() && at != std::string_view::npos) {
    const auto colon = authority.substr(0, at).find(':');
    const auto start = static_cast<std::size_t>(authority.data() - text.data());
    if (colon != std::string_view::npos) masked.replace(start + colon + 1, at - colon - 1, "***");
  }
  constexpr std::string_view kParameter = "password=";
  for (auto found = masked.find(kParameter); found != std::string::npos;
       found = masked.find(kParameter, found)) {
    found += kParameter.size();
    const auto end = masked.find_first_of("& ", found);
    masked.replace(found, end == std::string::npos ? std::string::npos : end - found, "***");
  }
  return masked;
}

std::optional<double> Codec<double>::parse(std::string_view text) {
  const auto value = parse_number<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::string Codec<double>::format(double value) {
  std::array<char, 32> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end};
}

}  // namespace filmoteka::config
