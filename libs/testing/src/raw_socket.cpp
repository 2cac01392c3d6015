#include <filmoteka/base/strings.hpp>
#include <filmoteka/testing/loopback.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace filmoteka::testing {

namespace {

using std::chrono::steady_clock;

std::size_t content_length(std::string_view head) {
  for (const auto line : split(head, '\n')) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (equals_ignore_case_ascii(trim(line.substr(0, colon)), "content-length"))
      return parse_number<std::size_t>(trim(line.substr(colon + 1))).value_or(0);
  }
  return 0;
}

}  // namespace

RawSocket RawSocket::connect(std::uint16_t port) {
  RawSocket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket.descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect to port " + std::to_string(port));
  return socket;
}

RawSocket::RawSocket(RawSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      buffered_(std::move(other.buffered_)),
      ended_(other.ended_) {}

RawSocket::~RawSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool RawSocket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawSocket::fill(steady_clock::time_point limit) {
  if (ended_) return false;
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(limit - steady_clock::now()).count();
  pollfd poll_for{descriptor_, POLLIN, 0};
  if (::poll(&poll_for, 1, static_cast<int>(std::max<std::int64_t>(left, 0))) <= 0) return false;
  char bytes[16 * 1024];
  const auto count = ::recv(descriptor_, bytes, sizeof bytes, 0);
  ended_ = count <= 0;
  if (!ended_) buffered_.append(bytes, static_cast<std::size_t>(count));
  return !ended_;
}

std::string RawSocket::read_until(std::string_view end, std::chrono::milliseconds limit) {
  const auto until = steady_clock::now() + limit;
  while (buffered_.find(end) == std::string::npos)
    if (!fill(until)) return std::exchange(buffered_, {});
  const auto size = buffered_.find(end) + end.size();
  auto result = buffered_.substr(0, size);
  buffered_.erase(0, size);
  return result;
}

std::string RawSocket::read_to_end(std::chrono::milliseconds limit) {
  const auto until = steady_clock::now() + limit;
  while (fill(until)) {
  }
  return std::exchange(buffered_, {});
}

std::string RawSocket::read_response(std::chrono::milliseconds limit) {
  const auto until = steady_clock::now() + limit;
  auto response = read_until("\r\n\r\n", limit);
  if (!response.ends_with("\r\n\r\n")) return response;
  const auto body = content_length(response);
  while (buffered_.size() < body && fill(until)) {
  }
  const auto taken = std::min(body, buffered_.size());
  response += buffered_.substr(0, taken);
  buffered_.erase(0, taken);
  return response;
}

bool RawSocket::closed_within(std::chrono::milliseconds limit) {
  const auto until = steady_clock::now() + limit;
  while (fill(until)) {
  }
  return ended_;
}

void RawSocket::finish_sending() {
  ::shutdown(descriptor_, SHUT_WR);
}

void RawSocket::reset() {
  const linger now{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(std::exchange(descriptor_, -1));
}

}  // namespace filmoteka::testing
