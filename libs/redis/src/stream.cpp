#include "stream.hpp"

#include <filmoteka/async/descriptor.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>

#include <string>
#include <vector>

namespace filmoteka::redis {
namespace {

using Address = asio::generic::stream_protocol::endpoint;

Error unreachable(const boost::system::error_code& error) {
  return unavailable("Redis cannot be reached.", error.message());
}

Task<Result<std::vector<Address>>> addresses_of(const Endpoint& endpoint) {
  std::vector<Address> addresses;
  if (!endpoint.socket.empty()) {
    addresses.emplace_back(asio::local::stream_protocol::endpoint(endpoint.socket));
    co_return addresses;
  }
  auto resolving = resolve_addresses(endpoint.host);
  FILMOTEKA_CO_TRY(const std::vector<std::string> names, co_await std::move(resolving));
  for (const std::string& name : names) {
    addresses.emplace_back(asio::ip::tcp::endpoint(asio::ip::make_address(name), endpoint.port));
  }
  co_return addresses;
}

}  // namespace

Task<Result<void>> Stream::connect(const Endpoint& endpoint) {
  auto looking_up = addresses_of(endpoint);
  FILMOTEKA_CO_TRY(const std::vector<Address> addresses, co_await std::move(looking_up));
  Error failure = unavailable("Redis cannot be reached.", "the host has no address");
  for (const Address& address : addresses) {
    close();
    const auto [error] = co_await socket_.async_connect(address, use_task_tuple);
    if (!error) {
      boost::system::error_code ignored;
      if (endpoint.socket.empty()) socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
      co_return Result<void>();
    }
    failure = unreachable(error);
  }
  co_return failure;
}

Task<Result<std::size_t>> Stream::read_some(std::span<char> into) {
  const auto buffer = asio::buffer(into.data(), into.size());
  const auto [error, size] = co_await socket_.async_read_some(buffer, use_task_tuple);
  if (error) co_return unavailable("The connection to Redis was lost.", error.message());
  co_return size;
}

Task<Result<void>> Stream::write(std::string_view bytes) {
  const auto buffer = asio::buffer(bytes.data(), bytes.size());
  const auto [error, size] = co_await asio::async_write(socket_, buffer, use_task_tuple);
  if (error) co_return unavailable("The connection to Redis was lost.", error.message());
  co_return Result<void>();
}

void Stream::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

}  // namespace filmoteka::redis
