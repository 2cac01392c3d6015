/// A transaction in as few round trips as its decisions need.
#pragma once

#include <filmoteka/sql/postgres/connection.hpp>

namespace filmoteka::sql::postgres {

/// BEGIN travels with the first batch and COMMIT with the last one. Rolled back unless commit() succeeded: if
/// it goes away before commit() or rollback(), the connection is dropped, and the server rolls back.
class Transaction {
 public:
  enum class Kind {
    kReadWrite,
    kSnapshot,  ///< one state for all reads: REPEATABLE READ, READ ONLY
  };

  explicit Transaction(Connection& connection, Kind kind = Kind::kReadWrite)
      : connection_(&connection), kind_(kind) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// As Connection::run().
  Task<Result<std::vector<Rows>>> run(Batch batch, Deadline deadline);
  /// Runs the last statements and commits. What an error means for the data, see Connection.
  Task<Result<std::vector<Rows>>> commit(Batch last, Deadline deadline);
  /// Frees locks and connection at once; needed only for the connection to be kept.
  Task<void> rollback(Deadline deadline);

 private:
  bool begin_with(Batch& batch);

  Connection* connection_;
  Kind kind_;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace filmoteka::sql::postgres
