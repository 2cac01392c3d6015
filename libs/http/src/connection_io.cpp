#include "connection.hpp"

#include <algorithm>
#include <array>

namespace filmoteka::http {
namespace {

// Who still sends more than this after the last answer is cut off.
constexpr std::size_t kMaxLingerBytes = 64UL * 1024 * 1024;

}  // namespace

void Connection::wait(Waiting what, std::chrono::milliseconds span) {
  waiting_ = what;
  overdue_ = false;
  deadline_ = std::chrono::steady_clock::now() + span;
}

void Connection::wait_for_input() {
  if (input_.size() > 0) {
    // Runs from the first byte of a request: a client that sends a byte now and then gains nothing.
    if (waiting_ != Waiting::kForHead) wait(Waiting::kForHead, context_.settings.header_timeout);
    return;
  }
  waiting_ = Waiting::kForRequest;
  overdue_ = false;
  // A stopping server only waits for what a client of the accept queue has perhaps sent already.
  const auto& settings = context_.settings;
  deadline_ = now_ + (context_.stopping ? std::min(settings.linger_timeout, settings.idle_timeout)
                                        : settings.idle_timeout);
}

void Connection::wait_for_handler() {
  waiting_ = Waiting::kForHandler;
  overdue_ = false;
  deadline_ = SteadyTime::max();
}

void Connection::cancel_io() {
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Connection::cut_if_overdue(SteadyTime now) {
  if (now < deadline_) return;
  deadline_ = SteadyTime::max();
  overdue_ = true;
  cancel_io();
}

void Connection::stop() {
  if (waiting_ != Waiting::kForRequest && waiting_ != Waiting::kToClose) return;
  closing_ = true;
  overdue_ = true;
  cancel_io();
}

void Connection::drain() {
  if (waiting_ != Waiting::kForRequest) return;
  deadline_ = std::min(deadline_, std::chrono::steady_clock::now() + context_.settings.linger_timeout);
}

/// The input has ended, or did not come in time.
void Connection::read_failed() {
  if (overdue_ && (waiting_ == Waiting::kForHead || waiting_ == Waiting::kForBody)) {
    refuse({408, "request_timeout", "The request did not come in completely in time."});
  } else {
    broken_ = true;
  }
}

/// Returns 0 after read_failed().
Task<std::size_t> Connection::read_some(char* data, std::size_t size) {
  if (tls_) co_return co_await read_tls(data, size);
  const auto buffer = asio::buffer(data, size);
  const auto [error, bytes] = co_await socket_.async_read_some(buffer, use_task_tuple);
  if (!error && !overdue_) co_return bytes;
  read_failed();
  co_return 0;
}

/// False if the peer must be waited for.
bool Connection::write_now() {
  if (tls_) return write_tls();
  boost::system::error_code error;
  while (!output_.empty()) {
    const std::size_t written = socket_.write_some(output_.buffers(), error);
    if (error == asio::error::would_block || error == asio::error::try_again) return false;
    if (error) {
      broken_ = true;
      output_.clear();
      return true;
    }
    output_.consume(written);
  }
  return true;
}

Task<void> Connection::write_all() {
  while (!write_now()) {
    wait(Waiting::kForPeer, context_.settings.write_timeout);
    const auto [error] = co_await socket_.async_wait(Socket::wait_write, use_task_tuple);
    if (error || overdue_) {
      broken_ = true;
      output_.clear();
    }
  }
}

/// Lets the client read the last answer: closing a socket with unread input would make the kernel reset the
/// connection, and the reset overtakes the answer.
Task<void> Connection::close() {
  if (!write_now()) co_await write_all();
  boost::system::error_code ignored;
  if (lingers_ && !broken_) {
    if (tls_) tls_->say_goodbye();
    socket_.shutdown(Socket::shutdown_send, ignored);
    wait(Waiting::kToClose, context_.settings.linger_timeout);
    std::array<char, 4096> sink{};
    for (std::size_t drained = 0; !broken_ && drained < kMaxLingerBytes;) {
      drained += co_await read_some(sink.data(), sink.size());
    }
  }
  socket_.close(ignored);
}

}  // namespace filmoteka::http
