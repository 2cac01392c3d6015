/// PostgreSQL's conditions as our Error.
#pragma once

#include <filmoteka/base/error.hpp>

#include <string>
#include <string_view>

struct pg_conn;
struct pg_result;

namespace filmoteka::sql::postgres {

/// By SQLSTATE; empty: no answer came, the connection is lost. `detail` is for logs.
Error error_of_state(std::string_view sqlstate, std::string detail);
/// True for errors after which the connection is of no more use, though it may look open: its prepared
/// statements no longer fit.
bool needs_new_connection(std::string_view sqlstate);

/// The connection's last error. `what` says what was attempted. libpq's messages hold no passwords.
Error connection_error(const pg_conn* connection, std::string_view what);
Error result_error(const pg_result* result, std::string_view what);

}  // namespace filmoteka::sql::postgres
