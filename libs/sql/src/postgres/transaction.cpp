#include <filmoteka/sql/postgres/transaction.hpp>

namespace filmoteka::sql::postgres {

Transaction::~Transaction() {
  if (begun_ && !ended_) connection_->drop();
}

bool Transaction::begin_with(Batch& batch) {
  if (begun_) return false;
  begun_ = true;
  batch.add_first(kind_ == Kind::kReadWrite ? "BEGIN ISOLATION LEVEL READ COMMITTED"
                                            : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  return true;
}

Task<Result<std::vector<Rows>>> Transaction::run(Batch batch, Deadline deadline) {
  const bool first = begin_with(batch);
  auto running = connection_->run(batch, deadline);
  FILMOTEKA_CO_TRY(std::vector<Rows> rows, co_await std::move(running));
  if (first) rows.erase(rows.begin());
  co_return rows;
}

Task<Result<std::vector<Rows>>> Transaction::commit(Batch last, Deadline deadline) {
  const bool first = begin_with(last);
  last.add("COMMIT");
  auto running = connection_->run(last, deadline);
  FILMOTEKA_CO_TRY(std::vector<Rows> rows, co_await std::move(running));
  ended_ = true;
  // The server answers COMMIT with ROLLBACK, and no error, when an earlier statement had failed.
  if (rows.back().command() != "COMMIT") co_return internal("COMMIT after a failed statement");
  rows.pop_back();
  if (first) rows.erase(rows.begin());
  co_return rows;
}

Task<void> Transaction::rollback(Deadline deadline) {
  if (!begun_ || ended_) co_return;
  auto running = connection_->query(deadline, "ROLLBACK");
  const auto rolled_back = co_await std::move(running);
  ended_ = rolled_back.has_value();
}

}  // namespace filmoteka::sql::postgres
