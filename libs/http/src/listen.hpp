/// Listening sockets: one for each I/O thread, all on the same port.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace filmoteka::http {

/// `host`: an IP address or "localhost". Port 0 takes any free port. kUnavailable names host, port and
/// reason.
Result<std::vector<Acceptor>> listen(Runtime& runtime, const std::string& host, std::uint16_t port);

}  // namespace filmoteka::http
