/// The values that settings are made of, and how they are written.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::config {

/// Where to listen or to connect: "127.0.0.1:8080", "[::1]:8080", "localhost:0" (0: any free port).
struct HostPort {
  std::string host;  ///< without brackets
  std::uint16_t port = 0;
  bool operator==(const HostPort&) const = default;
};
std::optional<HostPort> parse_host_port(std::string_view text);
std::string to_string(const HostPort& address);
/// Whether only this machine can reach it: localhost, 127.0.0.0/8, ::1 and its IPv4-mapped form.
bool is_loopback(const HostPort& address);

/// "8MiB", "64KiB", "1GiB", "512", "512B"; KB, MB, GB are powers of ten.
struct ByteSize {
  std::uint64_t bytes = 0;
  auto operator<=>(const ByteSize&) const = default;
};
std::optional<ByteSize> parse_byte_size(std::string_view text);
std::string to_string(ByteSize size);

/// An http:// or https:// address with a host and nothing that does not belong into one (white space, user
/// names).
struct Url {
  std::string text;
  bool operator==(const Url&) const = default;
};
std::optional<Url> parse_url(std::string_view text);

/// "500ms", "10s", "5m", "2h", "1d", "1h30m", "0".
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
std::string to_string(std::chrono::milliseconds span);

/// `text` with the password of "scheme://user:password@host" replaced by "***", and that of "password=…" in
/// its query.
std::string mask_password(std::string_view text);

}  // namespace filmoteka::config
