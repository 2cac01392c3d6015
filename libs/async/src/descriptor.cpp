#include <filmoteka/async/descriptor.hpp>
#include <filmoteka/async/event.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>
#include <memory>
#include <utility>

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

namespace {

using Resolver = asio::ip::basic_resolver<asio::ip::tcp, Executor>;

/// Of one look-up. The look-up holds it: nobody can end the system's, only stop waiting for it.
struct LookUp {
  explicit LookUp(Executor executor) : resolver(executor), ended(executor) {}
  Resolver resolver;
  Event ended;
  boost::system::error_code error;
  Resolver::results_type entries;
};

}  // namespace

Task<Result<std::vector<std::string>>> resolve_addresses(std::string host) {
  const auto look_up = std::make_shared<LookUp>(co_await asio::this_coro::executor);
  look_up->resolver.async_resolve(
      host, "", [look_up](const boost::system::error_code& error, Resolver::results_type entries) {
        look_up->error = error;
        look_up->entries = std::move(entries);
        look_up->ended.set();
      });
  auto waiting = look_up->ended.wait();
  co_await std::move(waiting);
  if (look_up->error) co_return unavailable("The host " + host + " is not known.", look_up->error.message());
  std::vector<std::string> addresses;
  for (const auto& entry : look_up->entries) {
    std::string address = entry.endpoint().address().to_string();
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end()) {
      addresses.push_back(std::move(address));
    }
  }
  co_return addresses;
}

}  // namespace filmoteka
