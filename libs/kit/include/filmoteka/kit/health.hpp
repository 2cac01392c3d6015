/// The command `health`: a program asks the running one, so that a container needs no other program for its
/// health check.
#pragma once

#include <filmoteka/config/values.hpp>

#include <iosfwd>
#include <span>

namespace filmoteka::kit {

/// Asks /readyz of each operations port, within two seconds each. 0 when all are ready; else 1, and `err`
/// says which is not and why. An address of all interfaces (0.0.0.0, ::) is asked over loopback.
int check_health(std::span<const config::HostPort> operations, std::ostream& err);

}  // namespace filmoteka::kit
