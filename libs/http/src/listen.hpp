/// Listening sockets: one for each I/O thread, all on the same port.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace filmoteka::http {

/// `host`: an IP address or "localhost". Port 0 takes any free port. `shares_port`: another process may
/// listen there too, if it says so as well and has the same user. kUnavailable names host, port and reason.
Result<std::vector<Acceptor>> listen(Runtime& runtime, const std::string& host, std::uint16_t port,
                                     bool shares_port);

}  // namespace filmoteka::http
