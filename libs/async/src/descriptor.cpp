#include <filmoteka/async/descriptor.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>

namespace filmoteka {

using Wait = asio::posix::descriptor_base;

DescriptorWatch::DescriptorWatch(Executor executor, int descriptor) : descriptor_(executor, descriptor) {}

DescriptorWatch::~DescriptorWatch() {
  descriptor_.release();
}

Task<void> DescriptorWatch::readable() {
  co_await descriptor_.async_wait(Wait::wait_read, use_task);
}

Task<void> DescriptorWatch::writable() {
  co_await descriptor_.async_wait(Wait::wait_write, use_task);
}

Task<void> DescriptorWatch::readable_or_writable() {
  using namespace asio::experimental::awaitable_operators;
  auto either = readable() || writable();
  co_await std::move(either);
}

Task<Result<std::vector<std::string>>> resolve_addresses(std::string host) {
  asio::ip::basic_resolver<asio::ip::tcp, Executor> resolver(co_await asio::this_coro::executor);
  const auto [error, entries] = co_await resolver.async_resolve(host, "", use_task_tuple);
  if (error == asio::error::operation_aborted) throw boost::system::system_error(error);
  if (error) co_return unavailable("The host " + host + " is not known.", error.message());
  std::vector<std::string> addresses;
  for (const auto& entry : entries) {
    std::string address = entry.endpoint().address().to_string();
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end()) {
      addresses.push_back(std::move(address));
    }
  }
  co_return addresses;
}

}  // namespace filmoteka
