/// SQLite's result codes as our Error.
#pragma once

#include <filmoteka/base/error.hpp>

#include <string_view>

struct sqlite3;

namespace filmoteka::sql {

/// `code` is an extended result code of `connection` (may be null); `what` says what was attempted, for logs.
Error make_error(sqlite3* connection, int code, std::string_view what);

}  // namespace filmoteka::sql
