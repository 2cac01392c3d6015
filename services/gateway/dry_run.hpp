/// `filmoteka-gateway routes`: what can be reached, and what would become of a request, without serving it.
#pragma once

#include <gateway/settings.hpp>

#include <iosfwd>
#include <span>
#include <string>

namespace filmoteka::gateway {

/// Without arguments: all routes. With a method and a target: the route that it takes, the form in which its
/// answer is kept, and what the metadata service would be asked; or the status that refuses it. Pure: nobody
/// is asked. Returns the exit code: 0; 1 where the request is refused; 2 for other arguments.
int show_routes(const Settings& settings, std::span<const std::string> arguments, std::ostream& out,
                std::ostream& err);

}  // namespace filmoteka::gateway
