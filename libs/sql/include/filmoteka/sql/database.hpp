/// One connection to a SQLite file, set up so that what was committed survives a loss of power.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/statement.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace filmoteka::sql {

struct OpenOptions {
  bool read_only = false;  ///< the file must exist
  /// With read_only: nobody has it open, and nobody writes to it; no file is made beside it.
  bool immutable = false;
  std::chrono::milliseconds busy_timeout{5'000};  ///< how long to wait for another connection's write
};

/// WAL, synchronous=FULL (each commit is on the disk before it returns), foreign keys on, schema not trusted.
/// Used by one thread at a time; several connections to one file don't disturb each other: readers see the
/// state at their first read, and one writer works beside them.
/// Errors: kUnavailable (busy, disk full, cannot be opened), kCorrupt (not a database, damaged), kConflict (a
/// constraint), kInternal (our SQL is wrong).
class Database {
 public:
  /// Creates the file, not its folder.
  static Result<Database> open(const std::filesystem::path& file, OpenOptions options = {});
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Runs any number of statements that return nothing.
  Result<void> execute(std::string_view sql);
  /// The same text is compiled once; a second lease of it at the same time is compiled anew.
  Result<Statement> prepare(std::string_view sql);

  std::int64_t last_insert_id() const;
  /// Rows changed by the last statement.
  std::int64_t changes() const;
  /// True inside a transaction.
  bool in_transaction() const;

 private:
  struct Connection;
  explicit Database(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

/// All or nothing: rolled back unless commit() succeeded. Must not outlive its Database.
class Transaction {
 public:
  /// Takes the write lock at once, so that a conflict shows here and not at the commit.
  static Result<Transaction> immediate(Database& database);
  /// One state for all reads until the end. It keeps the WAL from being reset: don't hold it long.
  static Result<Transaction> read(Database& database);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  /// After success all that was written is on the disk.
  Result<void> commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace filmoteka::sql
