/// A socket to a Redis, over TCP or in the file system.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/redis/endpoint.hpp>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>

#include <span>
#include <string_view>

namespace filmoteka::redis {

/// One thread; one read and one write may be under way together.
class Stream {
 public:
  explicit Stream(Executor executor) : socket_(executor) {}

  /// Tries all addresses of the host. kUnavailable: none takes us.
  Task<Result<void>> connect(const Endpoint& endpoint);
  /// At least one byte. kUnavailable: closed by either side.
  Task<Result<std::size_t>> read_some(std::span<char> into);
  /// All of it. Same error.
  Task<Result<void>> write(std::string_view bytes);
  /// Ends what is under way.
  void close();

 private:
  asio::basic_stream_socket<asio::generic::stream_protocol, Executor> socket_;
};

}  // namespace filmoteka::redis
