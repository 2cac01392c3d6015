#include "statement_cache.hpp"

#include "sqlite_error.hpp"

#include <sqlite3.h>

namespace filmoteka::sql {

StatementCache::~StatementCache() {
  for (const auto& [sql, statement] : free_) sqlite3_finalize(statement);
}

Result<Statement> StatementCache::lease(std::string_view sql) {
  if (const auto known = free_.find(sql); known != free_.end()) {
    sqlite3_stmt* statement = known->second;
    free_.erase(known);
    return Statement(*this, statement);
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return make_error(connection_, code, sql);
  if (statement == nullptr) return internal("an empty SQL statement was prepared");
  return Statement(*this, statement);
}

void StatementCache::give_back(sqlite3_stmt* statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (!free_.try_emplace(sqlite3_sql(statement), statement).second) sqlite3_finalize(statement);
}

}  // namespace filmoteka::sql
