/// For PostgreSQL's own programs (pg_dump, psql): where to connect, without a password on a command line.
#pragma once

#include <filmoteka/base/result.hpp>

#include <map>
#include <string>

namespace filmoteka::sql::postgres {

/// The environment variables (PGHOST, PGUSER, PGPASSWORD, …) that make them connect where `url` says.
/// kInvalidArgument: it cannot be understood; its text is not repeated.
Result<std::map<std::string, std::string>> client_environment(const std::string& url);

}  // namespace filmoteka::sql::postgres
