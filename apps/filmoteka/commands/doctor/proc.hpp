/// What the kernel tells about processes and ports (proc(5)).
#pragma once

#include <filmoteka/config/values.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace filmoteka::app::doctor {

/// "filmoteka-gatew": at most 15 characters; empty if there is no such process.
std::string process_name(long process);

/// Of a TCP socket that listens on the address, or on all addresses, at that port.
struct Listener {
  std::optional<long> process;  ///< nullopt: of another user, whose processes we cannot see
};
/// nullopt: nobody listens.
std::optional<Listener> find_listener(const config::HostPort& address);

/// Memory that can be had without swapping (MemAvailable); 0 if it is not known.
std::uint64_t available_memory();

}  // namespace filmoteka::app::doctor
