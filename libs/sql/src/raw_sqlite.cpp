#include "raw_sqlite.hpp"

#include "sqlite_error.hpp"

#include <string_view>

namespace filmoteka::sql {

Result<RawSqlite> open_raw(const std::filesystem::path& file, int flags, bool immutable) {
  constexpr int kBusyTimeoutMs = 5'000;
  const std::string name = immutable ? immutable_uri(file) : file.string();
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &opened,
                                   flags | SQLITE_OPEN_NOMUTEX | (immutable ? SQLITE_OPEN_URI : 0), nullptr);
  RawSqlite handle(opened);
  if (!handle) return internal("SQLite could not allocate a connection");
  if (code != SQLITE_OK) return make_error(opened, code, "open " + file.string());
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, kBusyTimeoutMs);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return handle;
}

Result<void> run_raw(sqlite3* handle, const char* sql) {
  const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return make_error(handle, code, sql);
  return {};
}

/// https://www.sqlite.org/uri.html: what has a meaning there is escaped.
std::string immutable_uri(const std::filesystem::path& file) {
  std::string uri = "file:";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : file.string()) {
    if (c == '%' || c == '?' || c == '#') {
      uri += '%';
      uri += kDigits[static_cast<unsigned char>(c) >> 4];
      uri += kDigits[static_cast<unsigned char>(c) & 15];
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

}  // namespace filmoteka::sql
