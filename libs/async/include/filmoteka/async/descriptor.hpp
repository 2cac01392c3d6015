/// Waiting for a descriptor that another library owns (libpq's socket), and names to addresses without
/// blocking.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>

#include <boost/asio/posix/stream_descriptor.hpp>

#include <string>
#include <vector>

namespace filmoteka {

/// Never reads, writes or closes the descriptor. Must go before the descriptor is closed by its owner. One
/// thread; one wait at a time. A wait throws system_error(operation_aborted) when it is cancelled.
class DescriptorWatch {
 public:
  DescriptorWatch(Executor executor, int descriptor);
  ~DescriptorWatch();
  DescriptorWatch(const DescriptorWatch&) = delete;
  DescriptorWatch& operator=(const DescriptorWatch&) = delete;

  Task<void> readable();
  Task<void> writable();
  Task<void> readable_or_writable();

 private:
  asio::posix::basic_stream_descriptor<Executor> descriptor_;
};

/// The numeric addresses of `host`, each once, in the resolver's order. kUnavailable: the name is unknown.
/// A cancelled caller returns at once; the system's look-up, which nobody can end, goes on behind it.
Task<Result<std::vector<std::string>>> resolve_addresses(std::string host);

}  // namespace filmoteka
