#include "listen.hpp"

#include <boost/asio/detail/socket_option.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace filmoteka::http {
namespace {

using asio::ip::tcp;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

Error cannot_listen(const std::string& host, std::uint16_t port, const std::string& reason) {
  return unavailable("Cannot listen on " + host + " port " + std::to_string(port) + ": " + reason + ".");
}

Result<Acceptor> open_acceptor(Executor executor, const tcp::endpoint& endpoint, bool shared,
                               const std::string& host) {
  Acceptor acceptor(executor);
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && shared) acceptor.set_option(ReusePort(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (error) return cannot_listen(host, endpoint.port(), error.message());
  return acceptor;
}

}  // namespace

Result<std::vector<Acceptor>> listen(Runtime& runtime, const std::string& host, std::uint16_t port,
                                     bool shares_port) {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
  if (error) return cannot_listen(host, port, "the host must be an IP address or localhost");
  tcp::endpoint endpoint(address, port);
  if (!shares_port) {
    // SO_REUSEPORT would let two processes of ours share a port unnoticed. This socket, without it, fails if
    // anybody listens there already.
    FILMOTEKA_TRY(Acceptor probe, open_acceptor(runtime.executor(0), endpoint, false, host));
    probe.listen(1, error);
    if (error) return cannot_listen(host, port, error.message());
  }
  std::vector<Acceptor> acceptors;
  for (std::size_t i = 0; i < runtime.size(); ++i) {
    FILMOTEKA_TRY(Acceptor acceptor, open_acceptor(runtime.executor(i), endpoint, true, host));
    endpoint.port(acceptor.local_endpoint().port());
    acceptors.push_back(std::move(acceptor));
  }
  for (Acceptor& acceptor : acceptors) {
    acceptor.listen(tcp::acceptor::max_listen_connections, error);
    if (error) return cannot_listen(host, port, error.message());
  }
  return acceptors;
}

}  // namespace filmoteka::http
