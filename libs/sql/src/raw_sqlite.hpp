/// A connection without statements of ours: for what works on whole files.
#pragma once

#include <filmoteka/base/result.hpp>

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>

namespace filmoteka::sql {

struct CloseSqlite {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using RawSqlite = std::unique_ptr<sqlite3, CloseSqlite>;

/// `flags` as sqlite3_open_v2 takes them. `immutable`: see OpenOptions.
Result<RawSqlite> open_raw(const std::filesystem::path& file, int flags, bool immutable = false);

/// Statements that return nothing of interest.
Result<void> run_raw(sqlite3* handle, const char* sql);

/// The file as a URI that says that nobody writes to it.
std::string immutable_uri(const std::filesystem::path& file);

}  // namespace filmoteka::sql
