/// Where a Redis is, and how to be let in.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace filmoteka::redis {

struct Endpoint {
  std::string host = {};  ///< a name or an address, without brackets; empty for a unix socket
  std::uint16_t port = 6379;
  std::string socket = {};    ///< the path of a unix socket; empty for TCP
  std::string user = {};      ///< empty: Redis's own "default"
  std::string password = {};  ///< empty: none is sent
  unsigned database = 0;      ///< what SELECT takes
  bool operator==(const Endpoint&) const = default;
};

/// redis://[[user]:password@]host[:port][/database], or a socket's path: unix:///run/redis.sock,
/// redis+unix://[[user]:password@]/run/redis.sock, both with ?db=N. User and password are percent-decoded.
/// kInvalidArgument says what is wrong and never repeats the text, which may hold a password.
Result<Endpoint> parse_endpoint(std::string_view url);

/// For logs: "127.0.0.1:6379/0", "/run/redis.sock/0".
std::string to_string(const Endpoint& endpoint);

}  // namespace filmoteka::redis
