#include <filmoteka/testing/loopback.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace filmoteka::testing {

RawServer::RawServer(Handler handler, std::string head_end)
    : handler_(std::move(handler)), head_end_(std::move(head_end)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, generic, &size) != 0)
    throw std::runtime_error("cannot listen on loopback");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::~RawServer() {
  stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  for (auto& worker : workers_) worker.join();
}

void RawServer::accept_all() {
  while (true) {
    const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) return;
    ++connections_;
    workers_.emplace_back([this, descriptor] {
      RawSocket connection(descriptor);
      const auto head = connection.read_until(head_end_);
      if (!head.empty()) handler_(head, connection);
    });
  }
}

std::string RawServer::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::string http_response(int status, std::string_view body, std::string_view headers) {
  std::string response = "HTTP/1.1 " + std::to_string(status) +
                         " Status\r\nContent-Length: " + std::to_string(body.size()) +
                         "\r\nConnection: close\r\n";
  response.append(headers).append("\r\n").append(body);
  return response;
}

}  // namespace filmoteka::testing
