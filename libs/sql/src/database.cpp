#include "raw_sqlite.hpp"
#include "sqlite_error.hpp"
#include "statement_cache.hpp"

#include <filmoteka/sql/database.hpp>

#include <sqlite3.h>

#include <utility>

namespace filmoteka::sql {

struct Database::Connection {
  struct Closer {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  explicit Connection(sqlite3* opened) : handle(opened), statements(opened) {}
  std::unique_ptr<sqlite3, Closer> handle;
  StatementCache statements;  // finalized before the handle is closed
};

namespace {

constexpr int kCachePagesKib = 16 * 1024;

Result<void> set_up(Database& database, sqlite3* handle, const OpenOptions& options) {
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, static_cast<int>(options.busy_timeout.count()));
  // A damaged or hostile file shall not be able to run code of its choice or to break itself further.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  FILMOTEKA_CHECK(database.execute(
      "PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-" +
      std::to_string(kCachePagesKib)));
  if (options.read_only) return {};
  {
    FILMOTEKA_TRY(Statement wal, database.prepare("PRAGMA journal_mode=WAL"));
    FILMOTEKA_CHECK(wal.step());
    if (wal.get<std::string_view>(0) != "wal") {
      return unavailable(
          "The database's file system does not allow write-ahead logging: put it on a local disk.",
          "journal_mode is " + wal.get<std::string>(0));
    }
  }
  // A commit is on the disk before it returns. What costs most beside that is copying pages from the log into
  // the file (every 32 MB instead of every 4), reading pages anew, and overwriting what is deleted with
  // zeros.
  return database.execute(
      "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000; PRAGMA secure_delete=OFF;"
      " PRAGMA cache_size=-65536");
}

}  // namespace

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, OpenOptions options) {
  const int flags = (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                    (options.immutable ? SQLITE_OPEN_URI : 0) | SQLITE_OPEN_NOMUTEX;
  sqlite3* handle = nullptr;
  const std::string name = options.immutable ? immutable_uri(file) : file.string();
  const int code = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
  if (handle == nullptr) return internal("SQLite could not allocate a connection");
  Database database(std::make_unique<Connection>(handle));
  Result<void> ready =
      code == SQLITE_OK ? set_up(database, handle, options) : Result<void>(make_error(handle, code, "open"));
  if (ready.has_error()) {
    Error error = std::move(ready).error();
    error.detail += " (file " + file.string() + ")";
    return error;
  }
  return database;
}

Result<void> Database::execute(std::string_view sql) {
  const std::string text(sql);  // sqlite3_exec wants a terminating zero
  const int code = sqlite3_exec(connection_->handle.get(), text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return make_error(connection_->handle.get(), code, sql);
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  return connection_->statements.lease(sql);
}

std::int64_t Database::last_insert_id() const {
  return sqlite3_last_insert_rowid(connection_->handle.get());
}
std::int64_t Database::changes() const {
  return sqlite3_changes64(connection_->handle.get());
}
bool Database::in_transaction() const {
  return sqlite3_get_autocommit(connection_->handle.get()) == 0;
}

Result<Transaction> Transaction::immediate(Database& database) {
  FILMOTEKA_CHECK(database.execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Result<Transaction> Transaction::read(Database& database) {
  FILMOTEKA_CHECK(database.execute("BEGIN"));
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  // SQLite itself has rolled back after some errors (disk full, I/O).
  if (database_ != nullptr && database_->in_transaction()) (void)database_->execute("ROLLBACK");
}

Result<void> Transaction::commit() {
  FILMOTEKA_CHECK(database_->execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace filmoteka::sql
