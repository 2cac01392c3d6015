#include "connection.hpp"
#include "tls_identity.hpp"

namespace filmoteka::http {

/// Afterwards the connection is either encrypted or broken.
Task<void> Connection::shake_hands() {
  tls_ = std::make_unique<TlsStream>(context_.tls->current(), socket_.native_handle());
  wait(Waiting::kForHandshake, context_.settings.handshake_timeout);
  while (!broken_) {
    const TlsStream::Step step = tls_->handshake();
    if (step == TlsStream::Step::kDone) break;
    broken_ = !co_await can_go_on(step);
  }
}

/// False if the connection has ended, or the wait was too long.
Task<bool> Connection::can_go_on(TlsStream::Step step) {
  if (step == TlsStream::Step::kEnded || overdue_) co_return false;
  const auto what = step == TlsStream::Step::kWritable ? Socket::wait_write : Socket::wait_read;
  const auto [error] = co_await socket_.async_wait(what, use_task_tuple);
  co_return !error && !overdue_;
}

/// Returns 0 after read_failed().
Task<std::size_t> Connection::read_tls(char* data, std::size_t size) {
  for (;;) {
    std::size_t bytes = 0;
    const TlsStream::Step step = tls_->read(data, size, bytes);
    if (step == TlsStream::Step::kDone) co_return bytes;
    const bool goes_on = co_await can_go_on(step);
    if (!goes_on) break;
  }
  read_failed();
  co_return 0;
}

/// False if the peer must be waited for.
bool Connection::write_tls() {
  const TlsStream::Step step = tls_->write(output_);
  if (step == TlsStream::Step::kWritable) return false;
  if (step != TlsStream::Step::kDone) {
    broken_ = true;
    output_.clear();
  }
  return true;
}

}  // namespace filmoteka::http
