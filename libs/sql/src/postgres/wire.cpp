#include "wire.hpp"

#include "postgres_error.hpp"

#include <libpq-fe.h>

namespace filmoteka::sql::postgres {

Wire::~Wire() {
  close();
}

void Wire::close() {
  watch_.reset();  // before libpq closes the descriptor
  if (connection_ != nullptr) PQfinish(connection_);
  connection_ = nullptr;
}

Error Wire::lost(std::string_view what) {
  Error error = connection_error(connection_, what);
  close();
  return error;
}

Task<Result<void>> Wire::connect(const ConnectParameters& parameters) {
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : parameters) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  connection_ = PQconnectStartParams(names.data(), values.data(), 0);
  if (connection_ == nullptr) throw std::bad_alloc();
  PQsetNoticeProcessor(
      connection_, [](void*, const char*) {}, nullptr);
  auto shaking = handshake();
  FILMOTEKA_CO_CHECK(co_await std::move(shaking));
  if (PQsetnonblocking(connection_, 1) != 0 || PQenterPipelineMode(connection_) != 1) {
    co_return lost("setting up");
  }
  watch_.emplace(executor_, PQsocket(connection_));
  co_return Result<void>();
}

Task<Result<void>> Wire::handshake() {
  if (PQstatus(connection_) == CONNECTION_BAD) co_return lost("connecting");
  // The first step is to wait for writing. libpq may change its descriptor from step to step.
  for (PostgresPollingStatusType next = PGRES_POLLING_WRITING; next != PGRES_POLLING_OK;) {
    {
      DescriptorWatch watch(executor_, PQsocket(connection_));
      auto waiting = next == PGRES_POLLING_READING ? watch.readable() : watch.writable();
      co_await std::move(waiting);
    }
    next = PQconnectPoll(connection_);
    if (next == PGRES_POLLING_FAILED) co_return lost("connecting");
  }
  co_return Result<void>();
}

bool Wire::is_quiet() {
  if (connection_ == nullptr) return false;
  // Twice: the first may read the server's last words, the second the end.
  const bool alive = PQconsumeInput(connection_) == 1 && PQconsumeInput(connection_) == 1;
  if (!alive || PQstatus(connection_) != CONNECTION_OK) {
    close();
    return false;
  }
  return PQtransactionStatus(connection_) != PQTRANS_ACTIVE;
}

bool Wire::in_transaction() const {
  return connection_ != nullptr && PQtransactionStatus(connection_) != PQTRANS_IDLE;
}

Task<Result<pg_result*>> Wire::next_result() {
  for (;;) {
    const int unsent = PQflush(connection_);
    if (unsent < 0 || PQconsumeInput(connection_) != 1) {
      // What the server said before it hung up (57P01 …) is still to be read.
      if (unsent < 0 || PQisBusy(connection_) != 0) co_return lost("talking to the server");
    }
    if (PQisBusy(connection_) == 0) co_return PQgetResult(connection_);
    auto waiting = unsent == 1 ? watch_->readable_or_writable() : watch_->readable();
    co_await std::move(waiting);
  }
}

Task<Result<void>> Wire::wait_for_input() {
  auto waiting = watch_->readable();
  co_await std::move(waiting);
  if (PQconsumeInput(connection_) != 1) co_return lost("waiting for notifications");
  co_return Result<void>();
}

std::vector<std::string> Wire::take_notifications() {
  std::vector<std::string> payloads;
  while (PGnotify* notification = PQnotifies(connection_)) {
    payloads.emplace_back(notification->extra);
    PQfreemem(notification);
  }
  return payloads;
}

std::string Wire::quoted(const std::string& identifier) const {
  char* const text = PQescapeIdentifier(connection_, identifier.data(), identifier.size());
  if (text == nullptr) throw std::invalid_argument("an identifier that is no UTF-8");
  std::string result = text;
  PQfreemem(text);
  return result;
}

}  // namespace filmoteka::sql::postgres
