/// Compiled statements by their text.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/sql/statement.hpp>

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

struct sqlite3;

namespace filmoteka::sql {

/// The texts are those of the program, so their number is bounded. One thread at a time.
class StatementCache {
 public:
  explicit StatementCache(sqlite3* connection) : connection_(connection) {}
  /// All leases must have ended.
  ~StatementCache();
  StatementCache(const StatementCache&) = delete;
  StatementCache& operator=(const StatementCache&) = delete;

  Result<Statement> lease(std::string_view sql);
  void give_back(sqlite3_stmt* statement);
  sqlite3* connection() const { return connection_; }

 private:
  sqlite3* connection_;
  std::unordered_map<std::string, sqlite3_stmt*, StringHash, std::equal_to<>> free_;
};

}  // namespace filmoteka::sql
