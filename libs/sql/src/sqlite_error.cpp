#include "sqlite_error.hpp"

#include <sqlite3.h>

#include <string>

namespace filmoteka::sql {
namespace {

struct Meaning {
  ErrorCode code;
  std::string_view message;
};

Meaning meaning_of(int primary_code) {
  switch (primary_code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kUnavailable,
              "The database is in use by another process: try again, or stop that process."};
    case SQLITE_FULL:
      return {ErrorCode::kUnavailable, "The disk that holds the database is full: make room on it."};
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
      return {ErrorCode::kUnavailable, "The disk that holds the database cannot be read or written."};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return {ErrorCode::kUnavailable,
              "The database file cannot be opened or written: check that its folder exists and its owner."};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return {ErrorCode::kCorrupt, "The database file is damaged: restore it from a backup."};
    case SQLITE_CONSTRAINT:
      return {ErrorCode::kConflict, "The change breaks a rule of the database."};
    case SQLITE_INTERRUPT:
      return {ErrorCode::kCancelled, "The database operation was interrupted."};
    default:
      return {ErrorCode::kInternal, "Something went wrong on our side."};
  }
}

}  // namespace

Error make_error(sqlite3* connection, int code, std::string_view what) {
  const Meaning meaning = meaning_of(code & 0xFF);
  std::string detail = "SQLite ";
  detail += std::to_string(code);
  detail += ' ';
  detail += sqlite3_errstr(code);
  if (connection != nullptr && sqlite3_extended_errcode(connection) == code) {
    detail += ": ";
    detail += sqlite3_errmsg(connection);
  }
  detail += ", in: ";
  detail += what.substr(0, 300);
  return {meaning.code, std::string(meaning.message), std::move(detail), {}};
}

}  // namespace filmoteka::sql
