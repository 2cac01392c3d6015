#include "connection.hpp"

#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace load {
namespace {

constexpr std::size_t kLongestHead = 65'536;

/// The value of a header of `head`, which begins with the status line.
std::optional<std::string_view> header(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find("\r\n"); at != std::string_view::npos; at = head.find("\r\n", at + 2)) {
    std::string_view line = head.substr(at + 2);
    if (line.size() > name.size() && line[name.size()] == ':' &&
        strncasecmp(line.data(), name.data(), name.size()) == 0) {
      line.remove_prefix(name.size() + 1);
      line = line.substr(0, line.find("\r\n"));
      while (line.starts_with(' ')) line.remove_prefix(1);
      return line;
    }
  }
  return std::nullopt;
}

Outcome outcome_of(int status, bool says_when) {
  if ((status >= 200 && status < 300) || status == 304) return Outcome::kOk;
  if ((status == 503 || status == 429) && says_when) return Outcome::kTurnedAway;
  return Outcome::kStatus;
}

}  // namespace

void Connection::start(const Request& request, Clock::time_point intended, Clock::time_point deadline,
                       int epoll) {
  request_ = &request;
  intended_ = intended;
  deadline_ = deadline;
  sent_ = body_left_ = 0;
  received_.clear();
  has_head_ = false;
  was_reused_ = state_ == State::kIdle;
  state_ = State::kBusy;
  outcome_ = Outcome::kConnect;
  if (socket_ < 0 && !open(epoll)) return;
  if (was_reused_) send_rest();  // an error comes as an event, too
}

bool Connection::open(int epoll) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return false;
  const int one = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.ptr = this;
  epoll_ctl(epoll, EPOLL_CTL_ADD, socket_, &event);
  // That it fails at once is an event as well.
  [[maybe_unused]] const int ignored =
      ::connect(socket_, reinterpret_cast<const sockaddr*>(&server_), sizeof server_);
  return true;
}

bool Connection::on_event() {
  if (state_ == State::kIdle) {
    rest();
    return false;
  }
  if (state_ != State::kBusy) return false;
  if (socket_ < 0) return finish(Outcome::kConnect, false);
  if (!send_rest()) return finish(outcome_, false);
  return receive();
}

/// The server may have closed it, or sends what nobody has asked for; or there is nothing, as often with
/// edges.
void Connection::rest() {
  char byte = 0;
  const ssize_t got = ::recv(socket_, &byte, 1, MSG_PEEK);
  if (got >= 0 || (errno != EAGAIN && errno != EINTR)) close();
}

/// False: it failed.
bool Connection::send_rest() {
  while (sent_ < request_->bytes.size()) {
    const ssize_t sent =
        ::send(socket_, request_->bytes.data() + sent_, request_->bytes.size() - sent_, MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN || errno == ENOTCONN || errno == EINTR;
    sent_ += static_cast<std::size_t>(sent);
    outcome_ = Outcome::kBroken;  // from here on it is connected
  }
  return true;
}

bool Connection::receive() {
  std::array<char, 65'536> buffer;
  for (;;) {
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == ENOTCONN)) return false;
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return finish(outcome_, false);
    outcome_ = Outcome::kBroken;
    auto count = static_cast<std::uint64_t>(got);
    if (!has_head_) {
      received_.append(buffer.data(), static_cast<std::size_t>(got));
      if (!head_is_there()) {
        if (received_.size() > kLongestHead) return finish(Outcome::kBroken, false);
        continue;
      }
      count = received_.size() - (received_.find("\r\n\r\n") + 4);
    }
    if (count > body_left_) return finish(Outcome::kBroken, false);
    body_left_ -= count;
    if (body_left_ == 0) {
      const std::string_view head = std::string_view(received_).substr(0, received_.find("\r\n\r\n") + 2);
      return finish(outcome_of(std::atoi(received_.c_str() + 9), header(head, "retry-after").has_value()),
                    keep_alive_);
    }
  }
}

bool Connection::head_is_there() {
  const std::size_t end = received_.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  has_head_ = true;
  const std::string_view head(received_.data(), end + 2);
  const int status = std::atoi(received_.c_str() + 9);
  const auto length = header(head, "content-length");
  const auto connection = header(head, "connection");
  keep_alive_ = !connection || strncasecmp(connection->data(), "close", 5) != 0;
  if (request_->has_body && status != 204 && status != 304 && length) {
    body_left_ = std::strtoull(length->data(), nullptr, 10);
  }
  return true;
}

void Connection::expire() {
  finish(Outcome::kTimeout, false);
}

bool Connection::finish(Outcome outcome, bool keep) {
  outcome_ = outcome;
  if (keep) {
    state_ = State::kIdle;
  } else {
    close();
  }
  return true;
}

void Connection::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  state_ = State::kClosed;
}

}  // namespace load
