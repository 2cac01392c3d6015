#include "postgres_error.hpp"

#include <filmoteka/base/strings.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <array>

namespace filmoteka::sql::postgres {
namespace {

struct Meaning {
  std::string_view state;  ///< a SQLSTATE or its first characters
  ErrorCode code;
  std::string_view message;
};

constexpr std::string_view kUnreachable = "The database cannot be reached: try again later.";
constexpr std::string_view kBusy = "The database is busy: try again.";

// The first that fits counts. https://www.postgresql.org/docs/15/errcodes-appendix.html
constexpr std::array kMeanings{
    Meaning{"08", ErrorCode::kUnavailable, kUnreachable},
    Meaning{"0A000", ErrorCode::kUnavailable, kBusy},  // a prepared plan after the schema has changed
    Meaning{"26000", ErrorCode::kUnavailable, kBusy},  // somebody threw our prepared statements away
    Meaning{"23", ErrorCode::kConflict, "The change breaks a rule of the database."},
    Meaning{"25006", ErrorCode::kUnavailable,
            "The database takes no writes: it is a standby or is being restored."},
    Meaning{"25P03", ErrorCode::kUnavailable, kBusy},
    Meaning{"28", ErrorCode::kUnavailable,
            "The database refuses our user or password: check the database setting."},
    Meaning{"3D000", ErrorCode::kUnavailable,
            "The database named in the settings does not exist: create it."},
    Meaning{"40", ErrorCode::kUnavailable, kBusy},
    Meaning{"53", ErrorCode::kUnavailable,
            "The database is out of resources (disk, memory or connections): try again."},
    Meaning{"55P03", ErrorCode::kUnavailable, kBusy},
    Meaning{"57014", ErrorCode::kUnavailable, "The database took too long: try again."},
    Meaning{"57P", ErrorCode::kUnavailable, "The database is starting or stopping: try again."},
    Meaning{"58", ErrorCode::kUnavailable, "The disk that holds the database cannot be read or written."},
    Meaning{"XX001", ErrorCode::kCorrupt, "The database is damaged: restore it from a backup."},
    Meaning{"XX002", ErrorCode::kCorrupt, "The database is damaged: restore it from a backup."},
};

const char* or_empty(const char* text) {
  return text == nullptr ? "" : text;
}

}  // namespace

Error error_of_state(std::string_view sqlstate, std::string detail) {
  if (sqlstate.empty()) return unavailable(std::string(kUnreachable), std::move(detail));
  const auto* const meaning = std::find_if(kMeanings.begin(), kMeanings.end(),
                                           [&](const Meaning& m) { return sqlstate.starts_with(m.state); });
  if (meaning == kMeanings.end()) return internal(std::move(detail));
  return {meaning->code, std::string(meaning->message), std::move(detail), {}};
}

bool needs_new_connection(std::string_view sqlstate) {
  return sqlstate == "0A000" || sqlstate == "26000";
}

Error connection_error(const pg_conn* connection, std::string_view what) {
  return error_of_state({}, std::string(what) + ": " + std::string(trim(PQerrorMessage(connection))));
}

Error result_error(const pg_result* result, std::string_view what) {
  const std::string_view state = or_empty(PQresultErrorField(result, PG_DIAG_SQLSTATE));
  std::string detail = "PostgreSQL " + std::string(state) + ' ';
  detail += trim(PQresultErrorMessage(result));
  detail += ", in: ";
  detail += what.substr(0, 300);
  return error_of_state(state, std::move(detail));
}

}  // namespace filmoteka::sql::postgres
