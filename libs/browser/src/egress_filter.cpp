#include "egress_filter.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/fetch/address_guard.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <memory>
#include <optional>

namespace filmoteka::browser {

namespace {

using Tcp = asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kMaxHead = 32 * 1024;
constexpr std::size_t kMaxConnections = 64;

}  // namespace

/// What a client asks for.
struct EgressFilter::Wish {
  bool is_tunnel = false;
  std::string host;
  std::string port;
  std::string first;  ///< of plain HTTP: the request as the server gets it

  static std::optional<Wish> read(std::string_view head);

 private:
  bool take_authority(std::string_view authority, std::string_view default_port) {
    const auto end = authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
    host = authority.substr(0, end);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const auto rest = end < authority.size() ? authority.substr(end) : std::string_view{};
    port = rest.starts_with(':') ? rest.substr(1) : default_port;
    const auto number = parse_number<std::uint16_t>(port);
    return !host.empty() && number && *number > 0;
  }
};

std::optional<EgressFilter::Wish> EgressFilter::Wish::read(std::string_view head) {
  const auto line = head.substr(0, head.find("\r\n"));
  const auto words = split(line, ' ');
  if (words.size() != 3) return std::nullopt;
  Wish wish;
  if (words[0] == "CONNECT") {
    wish.is_tunnel = true;
    if (!wish.take_authority(words[1], "443")) return std::nullopt;
    return wish;
  }
  constexpr std::string_view kScheme = "http://";
  if (!words[1].starts_with(kScheme)) return std::nullopt;
  const auto rest = words[1].substr(kScheme.size());
  const auto slash = std::min(rest.find('/'), rest.size());
  if (!wish.take_authority(rest.substr(0, slash), "80")) return std::nullopt;
  const auto target = slash < rest.size() ? rest.substr(slash) : "/";
  wish.first = std::string(words[0]) + " " + std::string(target) + " HTTP/1.1\r\n";
  // One request a connection, so that each of them passes here.
  for (const auto field : split(head.substr(line.size() + 2), '\n')) {
    const auto text = trim(field);
    const auto name = to_lower_ascii(text.substr(0, text.find(':')));
    if (text.empty() || name == "connection" || name == "proxy-connection" || name == "proxy-authorization")
      continue;
    wish.first += std::string(text) + "\r\n";
  }
  wish.first += "Connection: close\r\n\r\n";
  return wish;
}

EgressFilter::EgressFilter(Executor executor)
    : executor_(executor), acceptor_(executor), connections_(executor) {}

Result<std::unique_ptr<EgressFilter>> EgressFilter::make(Executor executor) {
  auto filter = std::make_unique<EgressFilter>(executor);
  error_code error;
  const Tcp::endpoint loopback(asio::ip::address_v4::loopback(), 0);
  filter->acceptor_.open(loopback.protocol(), error);
  if (!error) filter->acceptor_.bind(loopback, error);
  if (!error) filter->acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) return unavailable("The browser's way to the network cannot be opened.", error.message());
  filter->port_ = filter->acceptor_.local_endpoint().port();
  return filter;
}

Task<void> EgressFilter::run() {
  while (true) {
    Socket client(executor_);
    const auto [error] = co_await acceptor_.async_accept(client, use_task_tuple);
    if (error == asio::error::operation_aborted || !acceptor_.is_open()) break;
    if (error || connections_.size() >= kMaxConnections) continue;
    connections_.spawn(serve(std::move(client)));
  }
  connections_.cancel();
  co_await connections_.join();
}

void EgressFilter::stop() {
  error_code ignored;
  acceptor_.close(ignored);
}

void EgressFilter::begin_page(EgressRules rules) {
  rules_ = rules;
  ++page_;
  received_ = 0;
  refused_ = 0;
}

Task<void> EgressFilter::answer(Socket& client, std::string text) {
  co_await asio::async_write(client, asio::buffer(text), use_task_tuple);
}

Task<bool> EgressFilter::connect(const Wish& wish, Socket& server) {
  asio::ip::basic_resolver<Tcp, Executor> resolver(executor_);
  const auto [error, found] = co_await resolver.async_resolve(wish.host, wish.port, use_task_tuple);
  if (error) co_return false;
  for (const auto& entry : found) {
    const auto endpoint = entry.endpoint();
    // The address that is looked at is the one that is connected to.
    if (!rules_.allow_private_addresses && !fetch::is_public_address(*endpoint.data())) continue;
    server = Socket(executor_);
    const auto [failure] = co_await server.async_connect(endpoint, use_task_tuple);
    if (!failure) co_return true;
  }
  co_return false;
}

Task<void> EgressFilter::carry(Socket& from, Socket& to, bool counts) {
  const auto page = page_;
  std::array<char, 16 * 1024> bytes;
  while (page == page_) {
    const auto [error, count] = co_await from.async_read_some(asio::buffer(bytes), use_task_tuple);
    if (error) break;
    if (counts) received_ += count;
    if (counts && is_over_limit()) break;
    const auto [failure, written] =
        co_await asio::async_write(to, asio::buffer(bytes.data(), count), use_task_tuple);
    if (failure) break;
  }
  error_code ignored;
  to.shutdown(Socket::shutdown_send, ignored);
}

Task<void> EgressFilter::serve(Socket client) {
  std::string head;
  const auto [error, length] = co_await asio::async_read_until(client, asio::dynamic_buffer(head, kMaxHead),
                                                               "\r\n\r\n", use_task_tuple);
  if (error) co_return;
  const auto wish = Wish::read(std::string_view(head).substr(0, length));
  Socket server(executor_);
  const bool is_connected = wish && co_await connect(*wish, server);
  if (!is_connected) {
    ++refused_;
    co_await answer(client, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    co_return;
  }
  if (wish->is_tunnel) co_await answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
  co_await answer(server, wish->first + head.substr(length));
  using namespace asio::experimental::awaitable_operators;
  auto both = carry(client, server, false) && carry(server, client, true);
  co_await std::move(both);
}

}  // namespace filmoteka::browser
