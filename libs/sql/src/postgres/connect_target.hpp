/// What libpq is told to connect to. Names are resolved here, for libpq would block.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/postgres/connection.hpp>

#include <map>
#include <string>
#include <vector>

namespace filmoteka::sql::postgres {

using ConnectParameters = std::map<std::string, std::string>;

/// The URL's parameters, and ours. kInvalidArgument: it cannot be understood (its text is not repeated: it
/// may hold a password).
Result<ConnectParameters> connect_parameters(const ConnectSettings& settings);

/// With `hostaddr` beside `host` where a host is a name.
Task<Result<ConnectParameters>> resolve_hosts(ConnectParameters parameters);

/// The same for each host alone, in the order in which they are to be tried. libpq would stay with a host
/// that takes the connection and then says nothing, for as long as it is let, and begin with it again.
std::vector<ConnectParameters> host_by_host(const ConnectParameters& parameters);

}  // namespace filmoteka::sql::postgres
